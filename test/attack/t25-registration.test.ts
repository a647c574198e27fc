import { attack } from "./attack.ts";
import { manage, metadata, register, registers, registrations } from "./registrations.ts";

type Registration = { client_id: string; registration_access_token: string };

/** What an attacker who knows the number of a client tries in the place of its token. */
const tries: [title: string, token: (own: Registration, victims: Registration) => string | undefined][] = [
  ["no token", () => undefined],
  ["the token of a client of their own", (own) => own.registration_access_token],
  ["the beginning of the token", (_, { registration_access_token: token }) => token.slice(0, -1)],
  ["the token in small letters", (_, { registration_access_token: token }) => token.toLowerCase()],
  ["the number of the client", (_, victims) => victims.client_id],
];

for (const [title, token] of tries) {
  for (const method of ["GET", "PUT", "DELETE"]) {
    attack(`${method} the registration of another client with ${title}`, {
      surface: "registration",
      ...registrations,
      honest: registers,
      refusal: { status: 401, stays: true },
      async run(gate) {
        const [own, victims] = [
          (await register(gate, metadata)).json as Registration,
          (await register(gate, { ...metadata, client_name: "Victim" })).json as Registration,
        ];
        const { status, json } = await manage(gate, victims.client_id, {
          token: token(own, victims),
          method,
        });
        const after = await manage(gate, victims.client_id, { token: victims.registration_access_token });
        const stays = after.status === 200 && after.json.client_name === "Victim";
        return { succeeded: status < 300, gained: json, refusal: { status, stays } };
      },
    });
  }
}
