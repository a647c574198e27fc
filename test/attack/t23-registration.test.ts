import { attack } from "./attack.ts";
import { metadata, register, registers, registrations } from "./registrations.ts";

const SCRIPT = "javascript:alert(document.cookie)";
const PAGE = "data:text/html,<script>alert(1)</script>";

/** Addresses that browsers are sent to, or that pages link to, sooner or later. */
const spoilt: [error: string, metadata: Record<string, unknown>][] = [
  ["invalid_redirect_uri", { redirect_uris: [SCRIPT] }],
  ["invalid_redirect_uri", { redirect_uris: [PAGE] }],
  ["invalid_redirect_uri", { redirect_uris: ["https://rp.example/callback#fragment"] }],
  ["invalid_client_metadata", { client_uri: SCRIPT }],
  ["invalid_client_metadata", { logo_uri: PAGE }],
  ["invalid_client_metadata", { policy_uri: SCRIPT }],
  ["invalid_client_metadata", { "policy_uri#ja": SCRIPT }],
  ["invalid_client_metadata", { tos_uri: SCRIPT }],
  ["invalid_client_metadata", { initiate_login_uri: SCRIPT }],
  ["invalid_client_metadata", { post_logout_redirect_uris: [SCRIPT] }],
  ["invalid_client_metadata", { frontchannel_logout_uri: SCRIPT }],
  ["invalid_client_metadata", { backchannel_logout_uri: "file:///etc/passwd" }],
];

for (const [error, changes] of spoilt) {
  attack(`register a client with ${JSON.stringify(changes)}`, {
    surface: "registration",
    ...registrations,
    honest: registers,
    refusal: { status: 400, error },
    async run(gate) {
      const { status, json } = await register(gate, { ...metadata, ...changes });
      return { succeeded: status === 201, gained: json, refusal: { status, error: json.error } };
    },
  });
}
