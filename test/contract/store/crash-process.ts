import { writeSync } from "node:fs";
import { createEngine } from "../../../src/server/engine/engine.ts";
import { embeddedClients, embeddedService } from "../../../src/server/engine/seed.ts";
import { openStore, type StorePlace } from "../../../src/server/store/open.ts";
import { offline } from "../../support/offline.ts";
import { inFlight } from "./in-flight.ts";
import { keyring, random } from "./store-factory.ts";

/**
 * A process that makes tickets and then issues a token for each, many at once, until it is killed. It prints a ticket when it
 * has one, and a token as soon as the engine says that it was issued.
 */
const [place = "", count = "0"] = process.argv.slice(2);
const client = { id: "1001", secret: "a client secret for the crash test", scopes: ["profile"] };
const store = await openStore({ ...(JSON.parse(place) as StorePlace), clock: Date.now, random, keyring });
const issuer = "https://as.example";
await store.upsertService("1", embeddedService({ serviceId: "1", issuer, jwks: '{"keys":[]}' }));
for (const each of embeddedClients({ firstParty: client })) await store.upsertClient("1", each);
const engine = createEngine({ store: store.engine, clock: Date.now, random, serviceId: "1", ...offline });

// Not `process.stdout`: what was written must be out before the process can be killed.
const say = (line: string) => writeSync(1, `${line}\n`);

async function makeTicket(index: number): Promise<[ticket: string, subject: string]> {
  const answer = await engine["auth/token"]({
    parameters: "grant_type=password&username=zoe&password=secret&scope=profile",
    clientId: client.id,
    clientSecret: client.secret,
  });
  if (answer.action !== "PASSWORD") throw new Error(`${answer.action} ${answer.resultMessage}`);
  const ticket = answer.ticket as string;
  say(`ticket ${ticket} usr_${index}`);
  return [ticket, `usr_${index}`];
}

async function issue([ticket, subject]: [string, string]): Promise<void> {
  const answer = await engine["auth/token/issue"]({ ticket, subject });
  if (answer.action !== "OK") throw new Error(`${answer.action} ${answer.resultMessage}`);
  say(`issued ${ticket} ${answer.accessToken}`);
}

const indexes = Array.from({ length: Number(count) }, (_, index) => index);
const tickets = await inFlight(indexes, makeTicket);
say("ready");
await inFlight(tickets, issue);
say("done");
await store.close();
