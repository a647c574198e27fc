import { expect } from "vitest";
import type { Authlete, Request } from "../../../src/server/authlete/operations.ts";
import { basic, form } from "../../support/engine.ts";
import { REDIRECT_URI, type Stage } from "./stage.ts";

export const SUBJECT = "acceptance-user";
export const STATE = "state-of-the-suite";

type Parameters = Record<string, string>;
type AnswerOf<Name extends keyof Authlete> = ReturnType<Authlete[Name]>;

/** The parameters of an authorization request of the stage's client. */
export function authorizationParameters({ client }: Stage, more: Parameters = {}): string {
  return form({
    response_type: "code",
    client_id: client.id,
    redirect_uri: REDIRECT_URI,
    state: STATE,
    ...more,
  });
}

/** The answer to an authorization request. */
export function authorize(stage: Stage, more?: Parameters): AnswerOf<"auth/authorization"> {
  return stage.authlete["auth/authorization"]({ parameters: authorizationParameters(stage, more) });
}

/** The ticket of an authorization request that leads to the user. */
export async function ticketOf(stage: Stage, more?: Parameters): Promise<string> {
  return ticketIn(await authorize(stage, more));
}

/** The ticket in an answer that leads to the user. */
export function ticketIn(answer: Awaited<AnswerOf<"auth/authorization">>): string {
  return answer.action === "INTERACTION"
    ? answer.ticket
    : expect.fail(`no ticket: ${answer.action}, ${answer.resultMessage}`);
}

/** What is decided of a grant on its way to a code. */
export type CodeOptions = {
  parameters?: Parameters;
  issue?: Partial<Request<"auth/authorization/issue">>;
};

/** A code for the suite's user, and the redirect it came in. */
export async function issueCode(stage: Stage, ticket: string, members: CodeOptions["issue"] = {}) {
  const answer = await stage.authlete["auth/authorization/issue"]({ ticket, subject: SUBJECT, ...members });
  if (answer.action !== "LOCATION" || answer.authorizationCode === undefined) {
    return expect.fail(`no code: ${answer.action}, ${answer.resultMessage}`);
  }
  return { code: answer.authorizationCode, location: new URL(answer.responseContent) };
}

/** The code of a request that goes well. */
export async function codeOf(stage: Stage, { parameters, issue }: CodeOptions = {}): Promise<string> {
  const { code } = await issueCode(stage, await ticketOf(stage, parameters), issue);
  return code;
}

/** Members of a call of the token endpoint beside its parameters. */
export type TokenCall = Omit<Partial<Request<"auth/token">>, "parameters"> & { parameters?: Parameters };

/** The answer to a token request of the stage's client. */
export function requestToken(
  { authlete, client }: Stage,
  { parameters = {}, ...members }: TokenCall,
): AnswerOf<"auth/token"> {
  return authlete["auth/token"]({ parameters: form(parameters), ...basic(client), ...members });
}

/** The answer to a request that redeems a code, right in everything unless changed. */
export function redeem(stage: Stage, code: string, { parameters, ...members }: TokenCall = {}) {
  const grant = { grant_type: "authorization_code", code, redirect_uri: REDIRECT_URI };
  return requestToken(stage, { parameters: { ...grant, ...parameters }, ...members });
}

/** The answer to a request that exchanges a refresh token. */
export function refresh(stage: Stage, refreshToken: string | undefined, more: Parameters = {}) {
  const grant = { grant_type: "refresh_token", refresh_token: refreshToken ?? "none" };
  return requestToken(stage, { parameters: { ...grant, ...more } });
}

/** What the token endpoint issued; the test fails where it issued nothing. */
export function issuedIn(answer: Awaited<AnswerOf<"auth/token">>) {
  return answer.action === "OK"
    ? answer
    : expect.fail(`nothing issued: ${answer.action}, ${answer.resultMessage}`);
}

/** Tokens of a code flow that goes well. */
export async function tokensOf(
  stage: Stage,
  { token, ...options }: CodeOptions & { token?: TokenCall } = {},
) {
  return issuedIn(await redeem(stage, await codeOf(stage, options), token));
}

/** What an access token is worth to a resource. */
export function introspect(
  { authlete }: Stage,
  token: string,
  members: Partial<Request<"auth/introspection">> = {},
): AnswerOf<"auth/introspection"> {
  return authlete["auth/introspection"]({ token, ...members });
}

/** The answer to a revocation request of the stage's client. */
export function revoke({ authlete, client }: Stage, token: string): AnswerOf<"auth/revocation"> {
  return authlete["auth/revocation"]({ parameters: form({ token }), ...basic(client) });
}
