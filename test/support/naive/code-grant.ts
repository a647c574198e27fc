import type { Endpoint } from "../../../src/server/http/endpoint.ts";
import type { Services } from "../../../src/server/services.ts";
import { createNaiveInteraction, type NaiveCode } from "./interaction.ts";

/** Codes as a team keeps them that thinks of them as unguessable, and so of nothing else: whoever has one gets tokens for it, again and again. */
export function createNaiveCodeGrant(services: Services): Record<string, Endpoint> {
  const codes = new Map<string, NaiveCode>();
  return {
    ...createNaiveInteraction(services, codes),
    async "/oauth/token"(request) {
      const form = new URLSearchParams(await request.text());
      const basic = request.headers.get("authorization")?.slice("Basic ".length) ?? "";
      const known = codes.get(form.get("code") ?? "");
      if (!known) return Response.json({ error: "invalid_grant" }, { status: 400 });
      const created = await services.authlete["auth/token/create"]({
        grantType: "AUTHORIZATION_CODE",
        clientId: Number(atob(basic).split(":")[0]),
        ...known,
      });
      if (created.action !== "OK") return Response.json(created, { status: 500 });
      return Response.json({ access_token: created.accessToken, token_type: "Bearer" });
    },
  };
}
