/** Parameters of an authorization response, in their order. */
export type ResponseParameters = readonly (readonly [name: string, value: string])[];

/**
 * The address of a client with the parameters of a response in its query or fragment (RFC 6749 4.1.2, 4.2.2). A query that the client has
 * registered stays in front, as it is.
 */
export function redirectTo(
  redirectUri: string,
  carrier: "query" | "fragment",
  parameters: ResponseParameters,
): string {
  const encoded = parameters.map(([name, value]) => `${encode(name)}=${encode(value)}`).join("&");
  if (carrier === "fragment") return `${redirectUri}#${encoded}`;
  return `${redirectUri}${separator(redirectUri)}${encoded}`;
}

function separator(redirectUri: string): string {
  if (!redirectUri.includes("?")) return "?";
  return /[?&]$/.test(redirectUri) ? "" : "&";
}

/** A space becomes `%20`, which decodes everywhere; half a character, which no address can hold, becomes its substitute. */
function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}
