import { TRPCError } from "@trpc/server";
import type { ErrorCode } from "../../../src/server/flow/error.ts";
import { publicError } from "../../../src/server/trpc/public-error.ts";
import {
  type Browser,
  backend as backendClient,
  clientCredentialsToken,
  demo,
  type Gate,
  procedureRequest,
  type Reply,
  readReply,
  type Spoil,
} from "../../support/gate.ts";

/** Every procedure there is. */
export const procedures = [
  "login.password",
  "token.issue",
  "token.request",
  "token.fail",
  "token.introspect",
  "token.revoke",
  "session.current",
  "session.signOut",
] as const;
export type Procedure = (typeof procedures)[number];

/** What came of a call: its code in the catalogue when it was refused. */
export type Outcome = "allowed" | ErrorCode;

/** An input that is good for a back end, or for code of this process that got the ticket from one. */
export async function validInput(gate: Gate, procedure: Procedure): Promise<unknown> {
  const credentials = { clientId: backendClient.id, clientSecret: backendClient.secret };
  switch (procedure) {
    case "login.password":
      return { username: demo.username, password: demo.password };
    case "token.issue":
      return { ticket: await (await gate.backend()).ticket(), subject: "usr_1" };
    case "token.request":
      return { parameters: "grant_type=password&username=u&password=p&scope=profile", ...credentials };
    case "token.fail":
      return { ticket: await (await gate.backend()).ticket(), reason: "UNKNOWN" };
    case "token.introspect":
      return { token: await clientCredentialsToken(gate.services, backendClient) };
    case "token.revoke": {
      const token = await clientCredentialsToken(gate.services, backendClient);
      return { parameters: new URLSearchParams({ token }).toString(), ...credentials };
    }
    case "session.current":
    case "session.signOut":
      return undefined;
  }
}

/** `validInput`, and for a browser's `token.issue` the handle of a sign-in that it has begun. */
export async function browserInput(gate: Gate, browser: Browser, procedure: Procedure): Promise<unknown> {
  if (procedure !== "token.issue") return validInput(gate, procedure);
  const { data } = await browser.login();
  return { ticket: data?.handle, subject: data?.subject };
}

/** The only query is sent as one; all else is a mutation. */
export const methodOf = (procedure: Procedure) => (procedure === "session.current" ? "GET" : "POST");

/** One call over HTTP as our own pages send it, with changes. */
export async function callOverHttp<Data = unknown>(
  gate: Gate,
  procedure: Procedure,
  { input, ...spoil }: Spoil & { input?: unknown },
): Promise<Reply<Data>> {
  const request = procedureRequest(procedure, input, { method: methodOf(procedure), ...spoil });
  return readReply<Data>(await gate.trpc(request));
}

/** One call in process. */
export async function callInProcess(
  caller: ReturnType<Gate["server"]>,
  procedure: Procedure,
  input: unknown,
): Promise<{ outcome: Outcome; data?: unknown; thrown?: unknown }> {
  const [group = "", name = ""] = procedure.split(".");
  const groups = caller as unknown as Record<string, Record<string, (input: unknown) => Promise<unknown>>>;
  try {
    return { outcome: "allowed", data: await groups[group]?.[name]?.(input) };
  } catch (thrown) {
    if (!(thrown instanceof TRPCError)) throw thrown;
    return { outcome: publicError(thrown).code, thrown };
  }
}

export function outcomeOf({ status, error, text }: Reply): Outcome {
  if (status === 200) return "allowed";
  if (error === undefined) throw new Error(`neither an answer nor an error of the catalogue: ${text}`);
  return error.code;
}
