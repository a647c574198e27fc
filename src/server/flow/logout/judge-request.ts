import type { Client } from "../../authlete/client.ts";
import { readLogoutMetadata } from "../../oauth/logout-metadata.ts";
import { findClient } from "../find-client.ts";
import { createIssuerReader } from "../oauth-issuer.ts";
import type { FlowPorts } from "../ports.ts";
import { type Hint, readHint } from "./id-token-hint.ts";
import type { LogoutRequest } from "./logout-request.ts";

/** Why a logout request is refused: with a page, never with a redirect. */
export type LogoutProblem =
  | "REQUEST_UNREADABLE"
  | "HINT_INVALID"
  | "CLIENT_UNKNOWN"
  | "CLIENT_MISMATCH"
  | "ADDRESS_NOT_REGISTERED";

/** A logout request that nothing is wrong with. */
export type JudgedRequest = {
  /** The application that asks, where it says so. */
  client: Client | undefined;
  /** Proof that it has signed somebody in here. */
  hint: Hint | undefined;
  /** Where the browser may be sent afterwards, `state` included. There is none without a hint. */
  goOnTo: string | undefined;
};

/**
 * Judges a logout request by what it says, whoever is signed in. Only an application that proves by an ID token that it signed somebody in
 * here can have the browser sent anywhere, and only to an address that is registered for it, to the letter.
 *
 * @throws EngineError when the engine cannot be asked.
 * @see OpenID Connect RP-Initiated Logout 1.0, sections 2, 3 and 4
 */
export async function judgeRequest(
  ports: Pick<FlowPorts, "authlete" | "clock">,
  request: LogoutRequest,
): Promise<JudgedRequest | { problem: LogoutProblem }> {
  const hint = await hintOf(ports, request);
  if (hint === "invalid") return { problem: "HINT_INVALID" };
  const client = await clientOf(ports, request, hint);
  if (typeof client === "string") return { problem: client };
  const { postLogoutRedirectUri: uri, state } = request;
  if (uri !== undefined && client && !isRegistered(client, uri)) return { problem: "ADDRESS_NOT_REGISTERED" };
  return { client, hint, goOnTo: uri === undefined || !hint ? undefined : withState(uri, state) };
}

async function hintOf(
  ports: Pick<FlowPorts, "authlete" | "clock">,
  { idTokenHint }: LogoutRequest,
): Promise<Hint | "invalid" | undefined> {
  if (idTokenHint === undefined) return undefined;
  const { issuer } = await createIssuerReader(ports)();
  return (await readHint(ports, idTokenHint, issuer)) ?? "invalid";
}

async function clientOf(
  ports: Pick<FlowPorts, "authlete">,
  { clientId }: LogoutRequest,
  hint: Hint | undefined,
): Promise<Client | "CLIENT_UNKNOWN" | "CLIENT_MISMATCH" | undefined> {
  if (clientId === undefined) return hint?.client;
  const client = await findClient(ports, clientId);
  if (!client || client.locked) return "CLIENT_UNKNOWN";
  return hint && hint.client.clientId !== client.clientId ? "CLIENT_MISMATCH" : client;
}

function isRegistered({ customMetadata }: Client, uri: string): boolean {
  return readLogoutMetadata(customMetadata).post_logout_redirect_uris.includes(uri) && isAddress(uri);
}

/** What is registered was written by others: a browser must not run what it is sent to. */
function isAddress(uri: string): boolean {
  const scheme = URL.parse(uri)?.protocol;
  // A native application has a scheme of its own, with the dots of a domain name (RFC 8252 7.1).
  return scheme !== undefined && (/^https?:$/.test(scheme) || /^[a-z][\w+-]*(?:\.[\w+-]+)+:$/.test(scheme));
}

/** The address as it is registered, to the letter, with `state` at the end of its query. */
function withState(uri: string, state: string | undefined): string {
  if (state === undefined) return uri;
  const [address = "", ...fragment] = uri.split("#");
  const added = `${address}${address.includes("?") ? "&" : "?"}state=${encodeURIComponent(state)}`;
  return [added, ...fragment].join("#");
}
