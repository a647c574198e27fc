import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Services } from "../../src/server/services.ts";
import { openDescriptors, tellsDescriptors } from "../support/descriptors.ts";
import { secretOf } from "../support/gate.ts";

/** One connection writes and one reads. */
const CONNECTIONS = 2;

const SLOT = Symbol.for("ticketgate.services");
const slot = globalThis as { [SLOT]?: Promise<Services> | undefined };

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "ticketgate-services-"));
  const environment = {
    NODE_ENV: "test",
    LOG_LEVEL: "silent",
    TICKETGATE_STATE_DIR: folder,
    DATABASE_URL: "",
    TICKETGATE_SEALING_KEYS: secretOf("sealing"),
    TICKETGATE_CLIENT_SECRET: secretOf("client"),
    TICKETGATE_ENGINE_TOKEN: secretOf("engine"),
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
});
afterEach(async () => {
  await slot[SLOT]?.then((services) => services.close());
  delete slot[SLOT];
  vi.unstubAllEnvs();
  vi.resetModules();
  await rm(folder, { recursive: true, force: true });
});

/** Another copy of the module, as Next's bundles have their own. */
async function copyOfModule(): Promise<typeof import("../../src/server/services.ts")> {
  vi.resetModules();
  return import("../../src/server/services.ts");
}

it("copies of the module are different, and share one set of services", async () => {
  const [front, bundle] = [await copyOfModule(), await copyOfModule()];
  expect(front.getServices).not.toBe(bundle.getServices);
  const opened = front.getServices();
  expect(bundle.getServices()).toBe(opened);
  expect(await bundle.getServices()).toBe(await opened);
});

it.runIf(tellsDescriptors)("however many ask at once, the store is opened once", async () => {
  const copies = [await copyOfModule(), await copyOfModule(), await copyOfModule()];
  const all = await Promise.all([...copies, ...copies].map(({ getServices }) => getServices()));
  expect(new Set(all).size).toBe(1);
  expect(openDescriptors(process.pid, join(folder, "ticketgate.sqlite"))).toHaveLength(CONNECTIONS);
});

it("what one copy writes another reads", async () => {
  const [front, bundle] = [await copyOfModule(), await copyOfModule()];
  const { clock, sessions } = await front.getServices();
  const now = clock();
  const session = {
    idHash: "a".repeat(43),
    subject: "usr_1",
    clientId: "2000",
    scopes: [],
    sealedTokens: "sealed",
    tokenVersion: 0,
    trip: "[]",
    methods: ["pwd" as const],
    authenticatedAt: now,
    lastSeenAt: now,
    accessTokenExpiresAt: now + 1_000,
    expiresAt: now + 1_000_000,
  };
  await sessions.insert(session);
  expect(await (await bundle.getServices()).sessions.find(session.idHash)).toMatchObject({
    subject: "usr_1",
  });
});

it("an opening that failed is not kept: the next one may succeed", async () => {
  const [front, bundle] = [await copyOfModule(), await copyOfModule()];
  vi.stubEnv("TICKETGATE_ENGINE_TOKEN", "");
  const failed = front.getServices();
  expect(bundle.getServices()).toBe(failed);
  await expect(failed).rejects.toThrow("TICKETGATE_ENGINE_TOKEN");
  expect(slot[SLOT]).toBeUndefined();
  vi.stubEnv("TICKETGATE_ENGINE_TOKEN", secretOf("engine"));
  const opened = await bundle.getServices();
  expect(await front.getServices()).toBe(opened);
});

it("a database that cannot be opened says which, and leaves nothing open", async () => {
  const { getServices } = await copyOfModule();
  vi.stubEnv("TICKETGATE_STATE_DIR", "/dev/null/nowhere");
  await expect(getServices()).rejects.toThrow("/dev/null");
  expect(slot[SLOT]).toBeUndefined();
});

it("limits tries as it is configured", async () => {
  vi.stubEnv("TICKETGATE_TRIES_PER_USERNAME", "2");
  vi.stubEnv("TICKETGATE_TRIES_PER_ADDRESS", "3");
  const { attempts } = await (await copyOfModule()).getServices();
  const waits = (username: string) => attempts.consume({ username, address: "192.0.2.1" });

  expect([await waits("ada"), await waits("ada"), (await waits("ada")) > 0]).toEqual([0, 0, true]);
  expect((await waits("bob")) > 0).toBe(true);
});
