import type { Client } from "../../authlete/client.ts";
import { isJsonObject } from "../json-object.ts";
import { refuse } from "../refusal.ts";
import { localizedNames } from "./metadata-names.ts";

type Metadata = Readonly<Record<string, unknown>>;

/** The members of a client for names and addresses that people see, in each language (RFC 7591 2.2: `client_name#ja`). */
export function readLocalized(metadata: Metadata): Client {
  const client: Record<string, unknown> = {};
  for (const [name, [member, members]] of Object.entries(localizedNames)) {
    const plain = metadata[name];
    if (plain !== undefined) client[member] = text(plain);
    const tagged = Object.entries(metadata)
      .filter(([key]) => key.startsWith(`${name}#`) && key.length > name.length + 1)
      .map(([key, value]) => ({ tag: key.slice(name.length + 1), value: text(value) }));
    if (tagged.length > 0) client[members] = tagged;
  }
  return client;
}

/** The metadata for them. */
export function writeLocalized(client: Client): Record<string, unknown> {
  const metadata: Record<string, unknown> = {};
  for (const [name, [member, members]] of Object.entries(localizedNames)) {
    if (client[member] !== undefined) metadata[name] = client[member];
    for (const { tag, value } of taggedValues(client[members])) metadata[`${name}#${tag}`] = value;
  }
  return metadata;
}

function taggedValues(value: unknown): { tag: string; value: unknown }[] {
  if (!Array.isArray(value)) return [];
  return value.filter((entry) => isJsonObject(entry) && typeof entry.tag === "string" && entry.tag !== "");
}

function text(value: unknown): string {
  return typeof value === "string" ? value : refuse("A204308");
}
