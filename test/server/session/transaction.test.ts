import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { hashOf } from "../../../src/server/secret/hash.ts";
import type { TransactionState } from "../../../src/server/session/records.ts";
import {
  backendOwner,
  beginBrowserTransaction,
  claimTicket,
  recordedScopes,
  recordTicket,
  SERVER_OWNER,
} from "../../../src/server/session/transaction.ts";
import { keyringOf, openPorts, type Ports } from "./ports.ts";

let ports: Ports;
beforeEach(async () => {
  ports = await openPorts();
});
afterEach(() => ports.store.close());

const TICKET = "a ticket of the engine";
const owner = backendOwner("2001");

const begin = () =>
  beginBrowserTransaction(ports, {
    ticket: TICKET,
    clientId: "1001",
    subject: "usr_1",
    trip: [],
    since: ports.clock(),
    state: "authenticated",
  });

async function recorded() {
  await recordTicket(ports, { ticket: TICKET, clientId: "2001", owner, scopes: ["profile"] });
  return { key: TICKET, ownerHash: hashOf(owner), from: "pending" } as const;
}

async function begun() {
  const { handle, binding } = await begin();
  return { key: handle, ownerHash: hashOf(binding), from: "authenticated" } as const;
}

describe.each([
  ["a browser's", begun],
  ["a back end's", recorded],
] as const)("%s ticket", (_, prepare) => {
  it("is claimed by its owner, and opens", async () => {
    const claimed = await claimTicket(ports, await prepare());
    expect(claimed?.ticket.reveal()).toBe(TICKET);
  });

  it("is claimed by one of 32 callers", async () => {
    const claim = await prepare();
    const claims = await Promise.all(Array.from({ length: 32 }, () => claimTicket(ports, claim)));
    expect(claims.filter(Boolean)).toHaveLength(1);
  });

  it("is claimed until the millisecond before its end, and not at it", async () => {
    const claim = await prepare();
    ports.clock.advance(ports.lifetimeMs);
    expect(await claimTicket(ports, claim)).toBeUndefined();
    ports.clock.advance(-1);
    expect(await claimTicket(ports, claim)).toBeDefined();
  });

  it("is not claimed by another owner, and waits for its own", async () => {
    const claim = await prepare();
    for (const other of [hashOf(""), hashOf(SERVER_OWNER), hashOf(backendOwner("2002")), "", claim.key]) {
      expect(await claimTicket(ports, { ...claim, ownerHash: other })).toBeUndefined();
    }
    expect(await claimTicket(ports, claim)).toBeDefined();
  });

  it("is not claimed under another name, nor from another state", async () => {
    const claim = await prepare();
    const from = claim.from === "pending" ? "authenticated" : "pending";
    expect(await claimTicket(ports, { ...claim, from })).toBeUndefined();
    expect(await claimTicket(ports, { ...claim, key: hashOf(claim.key) })).toBeUndefined();
    expect(await claimTicket(ports, claim)).toBeDefined();
  });

  it.each(["done", "failed"] as const)("is never claimed again once it is %s", async (end) => {
    const claim = await prepare();
    const claimed = await claimTicket(ports, claim);
    if (!claimed) throw new Error("not claimed");
    ports.transactions.settle(claimed.transaction, end);
    expect(await claimTicket(ports, claim)).toBeUndefined();
    ports.transactions.settle(claimed.transaction, end === "done" ? "failed" : "done");
    expect(await claimTicket(ports, claim)).toBeUndefined();
  });

  it("does not open with another key, and is spent all the same", async () => {
    const claim = await prepare();
    expect(await claimTicket({ ...ports, keyring: keyringOf("another") }, claim)).toBeUndefined();
    expect(await claimTicket(ports, claim)).toBeUndefined();
  });

  it("stands in the store under a hash, sealed", async () => {
    const claim = await prepare();
    const row = await ports.transactions.find(hashOf(claim.key));
    const text = JSON.stringify(row);
    expect(text).not.toContain(TICKET);
    expect(text).not.toContain(claim.key);
    expect(row?.state).toBe(claim.from satisfies TransactionState);
  });
});

describe("a handle and its binding", () => {
  it("are two values of 256 bits, new each time", async () => {
    const values = (await Promise.all(Array.from({ length: 50 }, begin))).flatMap(({ handle, binding }) => [
      handle,
      binding,
    ]);
    expect(new Set(values).size).toBe(100);
    expect(values.every((value) => /^[\w-]{43}$/.test(value))).toBe(true);
  });

  it("cannot take each other's place", async () => {
    const { handle, binding } = await begin();
    const claim = { key: binding, ownerHash: hashOf(handle), from: "authenticated" } as const;
    expect(await claimTicket(ports, claim)).toBeUndefined();
  });
});

describe("what a ticket is for", () => {
  it("can be read without claiming it", async () => {
    const claim = await recorded();
    const transaction = await ports.transactions.find(hashOf(claim.key));
    if (!transaction) throw new Error("not recorded");
    expect(recordedScopes(ports, transaction)).toEqual(["profile"]);
    expect(recordedScopes({ keyring: keyringOf("another") }, transaction)).toBeUndefined();
    expect(await claimTicket(ports, claim)).toBeDefined();
  });
});

it("tells the owners apart: no client id makes a back end code of this process", () => {
  const owners = [SERVER_OWNER, backendOwner(""), backendOwner("server"), backendOwner("2001")];
  expect(new Set(owners).size).toBe(owners.length);
});
