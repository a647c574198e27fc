import type { Pair } from "../authlete/members.ts";
import type { BackendPolicy, Caller } from "./caller.ts";
import { askingEngine } from "./engine-failure.ts";
import { TicketgateError } from "./error.ts";
import { ISSUE_SCOPE, mayIssueTokens } from "./issue-permission.ts";
import type { FlowPorts } from "./ports.ts";

/**
 * Finds out which back end calls, from its access token: one with the scope `token:issue`, from client credentials. A token
 * that stands for a person is never a back end, whatever its scopes, and neither is a client that the operator has not given that scope.
 *
 * @throws TicketgateError UNAUTHORIZED for any other token; ENGINE_UNAVAILABLE when the engine cannot tell.
 * @see RFC 6750, section 2.1
 */
export async function authenticateBackend(
  ports: FlowPorts,
  token: string,
): Promise<Extract<Caller, { kind: "backend" }>> {
  const answer = await askingEngine(() =>
    ports.authlete["auth/introspection"]({ token, scopes: [ISSUE_SCOPE] }),
  );
  switch (answer.action) {
    case "OK": {
      const { clientId, subject, grantType } = answer;
      const fromClient = grantType === undefined || grantType === "CLIENT_CREDENTIALS";
      if (clientId === undefined || subject !== undefined || !fromClient || !hasIssueScope(answer.scopes)) {
        throw new TicketgateError("UNAUTHORIZED", { detail: "the access token is not one of a back end" });
      }
      if (!(await askingEngine(() => mayIssueTokens(ports, String(clientId))))) {
        throw new TicketgateError("UNAUTHORIZED", { detail: "nobody has made the client a back end" });
      }
      return { kind: "backend", clientId: String(clientId), policy: readPolicy(answer.clientAttributes) };
    }
    case "BAD_REQUEST":
    case "UNAUTHORIZED":
    case "FORBIDDEN":
      throw new TicketgateError("UNAUTHORIZED", { detail: `introspection: ${answer.resultCode}` });
    case "INTERNAL_SERVER_ERROR":
    case "UNKNOWN_ACTION":
      throw new TicketgateError("ENGINE_UNAVAILABLE", {
        detail: `introspection: ${answer.action} ${answer.resultCode}`,
      });
  }
}

function hasIssueScope(scopes: readonly string[] | undefined): boolean {
  return scopes?.includes(ISSUE_SCOPE) ?? false;
}

function readPolicy(attributes: readonly Pair[] | undefined): BackendPolicy {
  const values = new Map(attributes?.map(({ key, value }) => [key, value ?? ""]));
  const names = (key: string) => new Set((values.get(key) ?? "").split(/[\s,]+/).filter(Boolean));
  return {
    properties: names("token_issue.properties"),
    claims: names("token_issue.claims"),
    accessToken: values.get("token_issue.access_token") === "true",
  };
}
