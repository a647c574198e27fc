import type { Endpoint } from "../../../src/server/http/endpoint.ts";
import type { Services } from "../../../src/server/services.ts";
import { applicationOf, type BackchannelDesk } from "../../attack/backchannel-desk.ts";
import { openAuthorizationGate } from "../authorization-gate.ts";

type Waiting = { ticket: string; subject: string; message: string | undefined };

/**
 * Requests of other devices as a team builds it that trusts its applications: as many as they like, with any message, and whoever knows the
 * identifier of one decides about it.
 */
export async function openNaiveBackchannelDesk(): Promise<BackchannelDesk> {
  const waiting = new Map<string, Waiting>();
  const gate = await openAuthorizationGate({ replaced: (services) => endpointOf(services, waiting) });
  return {
    ...(await applicationOf(gate)),
    waiting: async () => [...waiting].map(([id, { message }]) => ({ id, message })),
    async decide(_, { id, decision }) {
      const { ticket, subject } = waiting.get(id) ?? { ticket: "", subject: "" };
      const result = decision === "allow" ? "AUTHORIZED" : "ACCESS_DENIED";
      return gate.services.authlete["backchannel/authentication/complete"]({ ticket, result, subject });
    },
  };
}

function endpointOf(
  { authlete, accounts }: Services,
  waiting: Map<string, Waiting>,
): Record<string, Endpoint> {
  return {
    async "/oauth/ciba"(request) {
      const [clientId = "", clientSecret = ""] = atob(
        request.headers.get("authorization")?.slice("Basic ".length) ?? "",
      ).split(":");
      const parameters = await request.text();
      const asked = await authlete["backchannel/authentication"]({ parameters, clientId, clientSecret });
      if (asked.action !== "USER_IDENTIFICATION") return Response.json(asked, { status: 400 });
      const { ticket, hint = "", bindingMessage: message } = asked;
      const subject = (await accounts.findByHint(hint))?.subject ?? "";
      const issued = await authlete["backchannel/authentication/issue"]({ ticket });
      if (issued.action !== "OK") return Response.json(issued, { status: 500 });
      waiting.set(`request-${waiting.size}`, { ticket, subject, message });
      return new Response(issued.responseContent, { headers: { "content-type": "application/json" } });
    },
  };
}
