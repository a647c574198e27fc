import { type AuthorizationGate, openAuthorizationGate } from "../support/authorization-gate.ts";
import { ORIGIN } from "../support/gate.ts";
import { createNaiveRegistration } from "../support/naive/registration.ts";

/** Both targets, for an attack by a client that registers itself. */
export const registrations = {
  naive: (): Promise<AuthorizationGate> => openAuthorizationGate({ replaced: createNaiveRegistration }),
  ours: (): Promise<AuthorizationGate> => openAuthorizationGate(),
};

/** Metadata that are accepted. */
export const metadata = {
  client_name: "Example",
  redirect_uris: ["https://rp.example/callback"],
  grant_types: ["authorization_code"],
};

/** What came of a request to register. */
export type Registered = { status: number; json: Record<string, unknown> };

/** Registers a client (RFC 7591 3). */
export async function register(gate: AuthorizationGate, body: unknown): Promise<Registered> {
  const { status, text } = await gate.send(
    new Request(`${ORIGIN}/oauth/register`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: typeof body === "string" ? body : JSON.stringify(body),
    }),
  );
  return { status, json: text === "" ? {} : JSON.parse(text) };
}

/** Looks at a registration (RFC 7592 2.1), or changes or ends it. */
export async function manage(
  gate: AuthorizationGate,
  clientId: string,
  { token, method = "GET" }: { token: string | undefined; method?: string },
): Promise<Registered> {
  const { status, text } = await gate.send(
    new Request(`${ORIGIN}/oauth/register/${clientId}`, {
      method,
      headers: {
        "content-type": "application/json",
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      ...(method === "PUT" ? { body: JSON.stringify({ ...metadata, client_id: clientId }) } : {}),
    }),
  );
  return { status, json: text === "" ? {} : JSON.parse(text) };
}

/** What an honest client does: registers, and looks at its registration. */
export async function registers(gate: AuthorizationGate): Promise<boolean> {
  const { status, json } = await register(gate, { ...metadata, client_name: "例 Müller & Söhne's App" });
  const token = String(json.registration_access_token);
  const own = await manage(gate, String(json.client_id), { token });
  return status === 201 && own.status === 200 && own.json.client_name === "例 Müller & Söhne's App";
}
