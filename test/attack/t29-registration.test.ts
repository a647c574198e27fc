import { attack } from "./attack.ts";
import { metadata, register, registers, registrations } from "./registrations.ts";

/** Grants and scopes by which a client acts for people who gave it nothing. */
const reserved: Record<string, unknown>[] = [
  { grant_types: ["password"] },
  { grant_types: ["authorization_code", "password"] },
  { grant_types: ["urn:ietf:params:oauth:grant-type:jwt-bearer"] },
  { grant_types: ["urn:ietf:params:oauth:grant-type:token-exchange"] },
  { grant_types: ["client_credentials"], scope: "token:issue" },
];

for (const changes of reserved) {
  attack(`register a client that takes for itself ${JSON.stringify(changes)}`, {
    surface: "registration",
    ...registrations,
    honest: registers,
    refusal: { status: 400, error: "invalid_client_metadata" },
    async run(gate) {
      const { status, json } = await register(gate, { ...metadata, ...changes });
      return { succeeded: status === 201, gained: json, refusal: { status, error: json.error } };
    },
  });
}
