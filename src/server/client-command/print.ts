import type { Client } from "../authlete/client.ts";
import { readLogoutMetadata } from "../oauth/logout-metadata.ts";
import type { Outcome } from "./verbs.ts";

/**
 * An outcome as it is written for people, or as JSON for programs.
 *
 * @returns whole lines.
 */
export function printed(outcome: Outcome, { json }: { json: boolean }): string {
  if (json) return `${JSON.stringify(asJson(outcome), null, 2)}\n`;
  if ("clients" in outcome) return list(outcome.clients);
  if ("done" in outcome) return `Client ${outcome.id} is ${outcome.done}.\n`;
  const { client, secret } = outcome;
  return `${lines(client)}${secret === undefined ? "" : `secret         ${secret}   (shown this once)\n`}`;
}

function asJson(outcome: Outcome): unknown {
  if ("clients" in outcome) return outcome.clients;
  if ("done" in outcome) return outcome;
  const { client, secret } = outcome;
  return secret === undefined ? client : { ...client, clientSecret: secret };
}

function list(clients: readonly Client[]): string {
  if (clients.length === 0) return "There are no clients.\n";
  return clients
    .map(({ clientId, clientName = "", clientType = "", locked }) =>
      `${String(clientId).padEnd(16)}${clientType.toLowerCase().padEnd(14)}${clientName}${locked ? "   (locked)" : ""}`.trimEnd(),
    )
    .map((line) => `${line}\n`)
    .join("");
}

function lines(client: Client): string {
  const logout = readLogoutMetadata(client.customMetadata);
  const rows: readonly (readonly [string, unknown])[] = [
    ["id", client.clientId],
    ["alias", client.clientIdAlias],
    ["name", client.clientName],
    ["type", [client.clientType, client.applicationType]],
    ["authenticates", client.tokenAuthMethod],
    ["grants", client.grantTypes],
    ["responses", client.responseTypes],
    ["scopes", client.extension?.requestableScopesEnabled ? client.extension.requestableScopes : undefined],
    ["redirects to", client.redirectUris],
    ["after logout", logout.post_logout_redirect_uris],
    ["back channel", logout.backchannel_logout_uri],
    ["front channel", logout.frontchannel_logout_uri],
    ["locked", client.locked ? "yes" : undefined],
  ];
  return rows
    .map(([label, value]) => [label, words(label, value)] as const)
    .filter(([, value]) => value !== "")
    .map(([label, value]) => `${label.padEnd(15)}${value}\n`)
    .join("");
}

const ENUMERATED = new Set(["type", "authenticates", "grants", "responses"]);

function words(label: string, value: unknown): string {
  const all = [value]
    .flat()
    .filter((part) => part !== undefined && part !== "")
    .map(String);
  return all.map((part) => (ENUMERATED.has(label) ? part.toLowerCase() : part)).join(" ");
}
