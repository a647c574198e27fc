/**
 * The OAuth error that an answer hands to the client application: in a JSON body, in a redirect (query or fragment) or in the value of
 * a `WWW-Authenticate` header. `undefined` where there is none.
 */
export function oauthErrorIn(answer: object): string | undefined {
  const content = "responseContent" in answer ? answer.responseContent : undefined;
  if (typeof content !== "string") return undefined;
  return inJson(content) ?? inRedirect(content) ?? inHeader(content);
}

function inJson(content: string): string | undefined {
  if (!content.startsWith("{")) return undefined;
  const { error } = JSON.parse(content) as { error?: unknown };
  return typeof error === "string" ? error : undefined;
}

function inRedirect(content: string): string | undefined {
  if (!URL.canParse(content)) return undefined;
  const { searchParams, hash } = new URL(content);
  return searchParams.get("error") ?? new URLSearchParams(hash.slice(1)).get("error") ?? undefined;
}

function inHeader(content: string): string | undefined {
  return /\berror="([^"]+)"/.exec(content)?.[1];
}
