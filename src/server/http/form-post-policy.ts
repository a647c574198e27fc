import { hash } from "node:crypto";

/** How engines make a page send its form: the embedded one by a script, the cloud by a handler of the body. */
const SCRIPT = "document.forms[0].submit()";
const HANDLERS = [SCRIPT, `javascript:${SCRIPT}`, `${SCRIPT};`, `javascript:${SCRIPT};`];

const sources = [...new Set([SCRIPT, ...HANDLERS])].map(
  (text) => `'sha256-${hash("sha256", text, "base64")}'`,
);

/**
 * The policy of a page that sends a response to a client by POST: it may do that one thing. Where its form goes is the client's address,
 * and whatever that redirects to, so nothing is said about that; whoever runs no scripts presses the button.
 */
export const formPostPolicy = [
  "default-src 'none'",
  `script-src 'unsafe-hashes' ${sources.join(" ")}`,
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");
