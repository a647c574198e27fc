import { expect } from "vitest";
import type { Response } from "../../../src/server/authlete/operations.ts";
import { basic, openTestEngine } from "../../support/engine.ts";
import { oauthErrorIn } from "../oauth-error.ts";
import {
  type Authorized,
  type CodeFlowServer,
  encoded,
  type Parameters,
  readRedirect,
} from "./code-flow-server.ts";
import { type Party, parties, SCOPES, SUBJECT } from "./parties.ts";

/** The embedded engine as an authorization server whose user agrees to everything. */
export async function openEmbeddedServer(): Promise<CodeFlowServer> {
  const test = await openTestEngine({
    service: {
      supportedGrantTypes: ["AUTHORIZATION_CODE", "REFRESH_TOKEN"],
      supportedResponseTypes: ["CODE"],
      supportedScopes: SCOPES.map((name) => ({ name })),
      pkceS256Required: true,
    },
  });
  const { engine } = test;
  for (const party of Object.values(parties)) await test.setClient(party.id, registered(party));

  /** Nobody is signed in, and everybody who is asked to signs in. */
  async function decide(answer: Response<"auth/authorization">) {
    if (answer.action === "INTERACTION") {
      return engine["auth/authorization/issue"]({ ticket: answer.ticket, subject: SUBJECT });
    }
    if (answer.action !== "NO_INTERACTION") return answer;
    return engine["auth/authorization/fail"]({ ticket: answer.ticket, reason: "NOT_LOGGED_IN" });
  }

  return {
    async authorize(parameters) {
      const answer = await engine["auth/authorization"]({ parameters: encoded(parameters) });
      return authorized(await decide(answer), parameters);
    },
    async token({ parameters, basic: client }) {
      const answer = await engine["auth/token"]({
        parameters: encoded(parameters),
        ...(client && basic(client)),
      });
      if (answer.action !== "OK") return { verdict: `body ${oauthErrorIn(answer)}` };
      const { accessToken, refreshToken } = answer;
      return { verdict: "accepted", accessToken, ...(refreshToken === undefined ? {} : { refreshToken }) };
    },
    async isActive(token) {
      const { action } = await engine["auth/introspection"]({ token });
      return action === "OK";
    },
    close: () => test.close(),
  };
}

function registered({ secret, redirectUris }: Party) {
  return {
    clientType: secret === undefined ? ("PUBLIC" as const) : ("CONFIDENTIAL" as const),
    tokenAuthMethod: secret === undefined ? ("NONE" as const) : ("CLIENT_SECRET_BASIC" as const),
    ...(secret === undefined ? {} : { clientSecret: secret }),
    grantTypes: ["AUTHORIZATION_CODE" as const, "REFRESH_TOKEN" as const],
    responseTypes: ["CODE" as const],
    redirectUris: [...redirectUris],
    pkceRequired: secret === undefined,
  };
}

type Ended = Response<"auth/authorization" | "auth/authorization/issue" | "auth/authorization/fail">;

function authorized(answer: Ended, parameters: Parameters): Authorized {
  if (answer.action === "LOCATION") return readRedirect(answer.responseContent, parameters);
  if (answer.action === "BAD_REQUEST") return { verdict: `page ${oauthErrorIn(answer)}` };
  return expect.fail(`${answer.action}: ${answer.resultMessage}`);
}
