import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { embeddedClients, SEEDED, type SeededClient } from "../../../src/server/engine/seed.ts";
import { seedClients } from "../../../src/server/engine/seed-clients.ts";
import { clients, openTestEngine, SERVICE_ID, type TestEngine } from "../../support/engine.ts";

let test: TestEngine;
beforeEach(async () => {
  test = await openTestEngine();
});
afterEach(() => test.close());

const seed = (configured: readonly SeededClient[]) =>
  seedClients({ store: test.store.engine, serviceId: SERVICE_ID }, configured);
const firstParty = { ...clients.firstParty, scopes: ["profile"] };
const { backend } = clients;
const stored = (id: string) => test.store.findClient(SERVICE_ID, id);

describe("the clients of the configuration", () => {
  it("are stored as they are", async () => {
    const configured = embeddedClients({ firstParty, backend: { id: "3001", secret: "s" } });
    await seed(configured);
    expect(await stored("3001")).toEqual(configured[1]);
    expect(await stored(firstParty.id)).toEqual(configured[0]);
    expect(await stored(backend.id)).toBeUndefined();
  });

  it("are none of the clients that are found by their alias", async () => {
    await test.setClient(clients.post.id, { clientIdAlias: "3001", clientName: "Other" });
    const configured = embeddedClients({ firstParty, backend: { id: "3001", secret: "s" } });
    await seed(configured);
    expect(await stored("3001")).toEqual(configured[1]);
    expect(await stored(clients.post.id)).toMatchObject({ clientName: "Other", clientIdAlias: "3001" });
  });

  it("leave those alone that others have made", async () => {
    await test.setClient(clients.app.id, { developer: "john" });
    await seed([]);
    expect(await stored(firstParty.id)).toBeUndefined();
    expect(await stored(clients.app.id)).toMatchObject({ developer: "john" });
    expect(await stored(clients.post.id)).toBeDefined();
  });

  it("stay locked, and lose nothing else that is configured", async () => {
    const [own] = embeddedClients({ firstParty });
    for (const locked of [true, false]) {
      await test.setClient(firstParty.id, { locked, clientName: "changed", clientSecret: "changed" });
      await seed(embeddedClients({ firstParty }));
      expect(await stored(firstParty.id)).toEqual({ ...own, ...(locked && { locked }) });
    }
  });

  it("change together or not at all", async () => {
    const [own] = embeddedClients({ firstParty: { ...firstParty, secret: "new" } });
    const broken = { developer: SEEDED } as SeededClient;
    await expect(seed([own as SeededClient, broken])).rejects.toThrow(TypeError);
    expect(await stored(firstParty.id)).toMatchObject({ clientSecret: firstParty.secret });
    expect(await stored(backend.id)).toBeDefined();
  });
});
