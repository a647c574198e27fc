import { type Change, type Message, set, without } from "./message.ts";
import { type Party, shop } from "./parties.ts";

const anonymous: Change = (message, party) => ({
  parameters: without("client_id")(message, party).parameters,
});

function withBasic(id: string, secret: string): Change {
  return (message, party) => ({ ...anonymous(message, party), basic: { id, secret } });
}

function inBody(change: (party: Party) => [string, string][]): Change {
  return (message, party) =>
    change(party).reduce<Message>(
      (changed, [name, value]) => set(name, value)(changed, party),
      anonymous(message, party),
    );
}

/** Whose request it is, and how that is proved (RFC 6749 2.3.1). */
export const credentialSpoilings: Readonly<Record<string, Change>> = {
  "no client": anonymous,
  "wrong secret": (message, party) => withBasic(party.id, "wrong-secret")(message, party),
  "unknown client": withBasic("9999", "any-secret"),
  "another client": withBasic(shop.id, shop.secret ?? ""),
  "client_id alone": inBody(({ id }) => [["client_id", id]]),
  "secret in the body": inBody(({ id, secret = "a-secret" }) => [
    ["client_id", id],
    ["client_secret", secret],
  ]),
  "secret in both places": (message, party) => {
    const { id, secret = "a-secret" } = party;
    return set("client_secret", secret)(withBasic(id, secret)(message, party), party);
  },
  "another client_id in the body": set("client_id", shop.id),
  "the same client_id in the body": (message, party) => set("client_id", party.id)(message, party),
};
