import type { Endpoint } from "../../../src/server/http/endpoint.ts";
import type { Services } from "../../../src/server/services.ts";

/** The token endpoint of a team that let its mobile app say who the user is. */
export function createNaiveTokenEndpoint({ authlete, accounts }: Services): Endpoint {
  return async (request) => {
    const parameters = await request.text();
    const form = new URLSearchParams(parameters);
    const basic = request.headers.get("authorization")?.slice("Basic ".length) ?? "";
    const [clientId = "", clientSecret = ""] = atob(basic).split(":");
    const answer = await authlete["auth/token"]({ parameters, clientId, clientSecret });
    if (answer.action !== "PASSWORD") return json(400, JSON.stringify(answer));
    const { username, password, ticket } = answer;
    const verified = await accounts.verifyPassword(username, password);
    if (verified === undefined) return json(400, '{"error":"invalid_grant"}');
    const issued = await authlete["auth/token/issue"]({ ticket, subject: form.get("subject") ?? verified });
    return issued.action === "OK" ? json(200, issued.responseContent) : json(500, JSON.stringify(issued));
  };
}

function json(status: number, body = ""): Response {
  return new Response(body, { status, headers: { "content-type": "application/json" } });
}
