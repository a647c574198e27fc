import { createClient } from "./relying-party.ts";
import type { Ticketgate } from "./ticketgate.ts";

/** A device that waits for a person to enter its code. */
export type Device = {
  userCode: string;
  /** The address that the device may show as a picture. */
  complete: string;
  /** Asks once whether it may go on: the token endpoint's answer. */
  poll: () => Promise<Record<string, unknown>>;
};

/** Starts the sign-in of a device: a client is registered for it, and gets a code (RFC 8628 section 3.1). */
export async function startDevice(ticketgate: Ticketgate): Promise<Device> {
  const { clientId, clientSecret } = await createClient(ticketgate, {
    clientName: "Living Room Television",
    clientType: "CONFIDENTIAL",
    tokenAuthMethod: "CLIENT_SECRET_BASIC",
    grantTypes: ["DEVICE_CODE"],
  });
  const post = async (path: string, form: Record<string, string>) => {
    const response = await fetch(`${ticketgate.origin}${path}`, {
      method: "POST",
      headers: { authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` },
      body: new URLSearchParams(form),
    });
    return (await response.json()) as Record<string, unknown>;
  };
  const begun = await post("/oauth/device", { scope: "openid profile email" });
  return {
    userCode: String(begun.user_code),
    complete: String(begun.verification_uri_complete),
    poll: () =>
      post("/oauth/token", {
        grant_type: "urn:ietf:params:oauth:grant-type:device_code",
        device_code: String(begun.device_code),
      }),
  };
}

/** The code of a device that waits. */
export async function newUserCode(ticketgate: Ticketgate): Promise<string> {
  return (await startDevice(ticketgate)).userCode;
}
