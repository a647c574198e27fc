import { createClient } from "./relying-party.ts";
import { person, type Ticketgate } from "./ticketgate.ts";

/** An application on another device that has asked whether it is the person (CIBA). */
export type OtherDevice = {
  /** Asks the token endpoint what became of the request. */
  poll: () => Promise<Record<string, unknown>>;
};

/** Registers an application and lets it ask. */
export async function askFromOtherDevice(
  ticketgate: Ticketgate,
  changes: Record<string, string> = {},
): Promise<OtherDevice> {
  const { clientId, clientSecret } = await createClient(ticketgate, {
    clientName: "Lighthouse Till",
    clientType: "CONFIDENTIAL",
    tokenAuthMethod: "CLIENT_SECRET_BASIC",
    grantTypes: ["CIBA"],
    bcDeliveryMode: "POLL",
    clientUri: "https://till.example/",
  });
  const send = async (path: string, form: Record<string, string>) => {
    const response = await fetch(`${ticketgate.origin}${path}`, {
      method: "POST",
      headers: { authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` },
      body: new URLSearchParams(form),
    });
    return (await response.json()) as Record<string, unknown>;
  };
  const asked = await send("/oauth/ciba", {
    scope: "openid email",
    login_hint: person.username,
    binding_message: "Till 4, W4SCT",
    ...changes,
  });
  if (typeof asked.auth_req_id !== "string") throw new Error(`not asked: ${JSON.stringify(asked)}`);
  return {
    poll: () =>
      send("/oauth/token", {
        grant_type: "urn:openid:params:grant-type:ciba",
        auth_req_id: String(asked.auth_req_id),
      }),
  };
}
