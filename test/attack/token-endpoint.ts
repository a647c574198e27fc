import type { Endpoint } from "../../src/server/http/endpoint.ts";
import { createTokenEndpoint } from "../../src/server/http/token.ts";
import { backend, ORIGIN, openGate } from "../support/gate.ts";
import type { AttackedGate } from "../support/naive/gate.ts";
import { createNaiveTokenEndpoint } from "../support/naive/token-endpoint.ts";
import { setService } from "./engine-settings.ts";
import type { Person } from "./people.ts";

export type AttackedTokenEndpoint = Pick<AttackedGate, "services" | "subject" | "callsOf" | "close"> & {
  token: Endpoint;
};

/** Both token endpoints, where the client of the back end may use the password grant. */
export const tokenEndpoints = {
  naive: (): Promise<AttackedTokenEndpoint> => open(createNaiveTokenEndpoint),
  ours: (): Promise<AttackedTokenEndpoint> => open(createTokenEndpoint),
  /** One whose service lets a refresh token be used as often as one likes. */
  async keeping(): Promise<AttackedTokenEndpoint> {
    const target = await open(createTokenEndpoint);
    await setService(target, { refreshTokenKept: true });
    return target;
  },
};

async function open(
  create: (services: AttackedGate["services"]) => Endpoint,
): Promise<AttackedTokenEndpoint> {
  const gate = await openGate({ env: { TICKETGATE_PASSWORD_GRANT_CLIENTS: backend.id } });
  return { ...gate, token: create(gate.services) };
}

/** A token response or an error (RFC 6749 sections 5.1 and 5.2). */
export type TokenReply = { status: number; error?: string; access_token?: string; refresh_token?: string };

/** Asks for tokens as the client of the back end. */
export async function askForToken(
  { token }: AttackedTokenEndpoint,
  parameters: Record<string, string> | [string, string][],
): Promise<TokenReply> {
  const headers = {
    authorization: `Basic ${btoa(`${backend.id}:${backend.secret}`)}`,
    "content-type": "application/x-www-form-urlencoded",
  };
  const body = new URLSearchParams(parameters).toString();
  const response = await token(new Request(`${ORIGIN}/oauth/token`, { method: "POST", headers, body }));
  return { status: response.status, ...((await response.json()) as Omit<TokenReply, "status">) };
}

/** The password grant for a person. */
export const passwordGrant = ({ username, password }: Omit<Person, "subject">) => ({
  grant_type: "password",
  username,
  password,
  scope: "profile",
});

/** Whom the engine takes an access token for. */
export async function subjectOfToken(
  { services }: Pick<AttackedGate, "services">,
  token = "",
): Promise<string | undefined> {
  const answer = await services.authlete["auth/introspection"]({ token });
  return answer.action === "OK" ? answer.subject : undefined;
}
