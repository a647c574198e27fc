import { hash } from "node:crypto";

/** Constant, so that a page's policy can name it: nothing of a response is ever inside. */
const SCRIPT = "document.forms[0].submit()";

/**
 * The source expression that a Content-Security-Policy needs in `script-src` for a `FORM` answer to send itself. The policy
 * must not restrict `form-action` either: the form goes to the client. Without the script the user presses the button.
 */
export const formPostScriptSource = `'sha256-${hash("sha256", SCRIPT, "base64")}'`;

/** The page that sends a response to a client by POST (OAuth 2.0 Form Post Response Mode 2). */
export function formPost(redirectUri: string, parameters: readonly (readonly [string, string])[]): string {
  const fields = parameters.map(
    ([name, value]) => `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`,
  );
  return `<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><meta name="referrer" content="no-referrer"><title>Continue</title></head>
<body>
<form method="post" action="${escaped(redirectUri)}">
${fields.join("\n")}
<noscript><p>Your browser does not go on by itself.</p></noscript>
<button type="submit">Continue</button>
</form>
<script>${SCRIPT}</script>
</body>
</html>
`;
}

/** Also line ends: a parser would change them inside of an attribute, and a value has to arrive as it is. */
const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
  "`": "&#96;",
  "=": "&#61;",
  "\n": "&#10;",
  "\r": "&#13;",
};

function escaped(text: string): string {
  return text.replace(/[&<>"'`=\n\r]/g, (character) => entities[character] ?? "");
}
