/** Parameters in the order in which they are sent; a name may stand there more than once, or with an empty value. */
export type Parameters = readonly (readonly [name: string, value: string])[];

/** Parameters as they travel in a query or in the body of a form. */
export function encoded(parameters: Parameters): string {
  return new URLSearchParams(parameters.map(([name, value]) => [name, value])).toString();
}

/** A request to the token endpoint: its body and, where the client has a secret, Basic credentials. */
export type TokenRequest = { parameters: Parameters; basic?: { id: string; secret: string } };

/**
 * How a request ended: `accepted`, or with which OAuth error and by which channel: in a redirect to the client, on a page for the user,
 * or in the body of the token endpoint's answer. An access token is `active` or not.
 */
export type Verdict = "accepted" | "active" | "inactive" | `${"redirect" | "page" | "body"} ${string}`;

export type Authorized = { verdict: Verdict; code?: string };
export type Issued = { verdict: Verdict; accessToken?: string; refreshToken?: string };

/** An authorization server with the code flow and nothing else, whoever made it. Its user agrees to everything at once. */
export type CodeFlowServer = {
  authorize(parameters: Parameters): Promise<Authorized>;
  token(request: TokenRequest): Promise<Issued>;
  /** Whether an access token is good for anything (RFC 7662 2.2). */
  isActive(accessToken: string): Promise<boolean>;
  close(): Promise<void>;
};

/** Reads the redirect that ends an authorization request. One without the client's `state` is another verdict. */
export function readRedirect(location: string, parameters: Parameters): Authorized {
  const { searchParams, hash } = new URL(location);
  const answer = new Map([...searchParams, ...new URLSearchParams(hash.slice(1))]);
  const states = parameters.filter(([name, value]) => name === "state" && value !== "");
  const isEchoed = states.length !== 1 || answer.get("state") === states[0]?.[1];
  const code = answer.get("code");
  if (code !== undefined && isEchoed) return { verdict: "accepted", code };
  return { verdict: `redirect ${answer.get("error") ?? "code"}${isEchoed ? "" : " without state"}` };
}
