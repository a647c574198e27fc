import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readConfig } from "../../src/server/config.ts";
import { openServices } from "../../src/server/services.ts";
import { secretOf } from "../support/gate.ts";

const TIMEOUT_MS = 60_000;

/** What the server was started with. */
const server = {
  NODE_ENV: "production",
  LOG_LEVEL: "silent",
  TICKETGATE_ORIGIN: "https://login.example.com",
  TICKETGATE_SEALING_KEYS: secretOf("sealing"),
  TICKETGATE_CLIENT_SECRET: secretOf("client"),
  TICKETGATE_ENGINE_TOKEN: secretOf("engine"),
  TICKETGATE_BACKEND_CLIENT_SECRET: secretOf("backend"),
  TICKETGATE_REGISTRATION: "open",
  TICKETGATE_ACCESS_TOKEN_SECONDS: "300",
};

/** What somebody has at hand who types a command: nothing of it is what the server has, except what opens the database. */
const terminal = {
  NODE_ENV: "production",
  TICKETGATE_ORIGIN: "http://localhost:3000",
  TICKETGATE_SEALING_KEYS: server.TICKETGATE_SEALING_KEYS,
  TICKETGATE_CLIENT_SECRET: secretOf("other client"),
  TICKETGATE_ENGINE_TOKEN: secretOf("other engine"),
  TICKETGATE_REGISTRATION: "off",
  TICKETGATE_ACCESS_TOKEN_SECONDS: "7777",
  TICKETGATE_KEY_LIFETIME_SECONDS: "1",
};

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "ticketgate-command-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const start = (variables: Record<string, string> = server, clock?: () => number) =>
  openServices(readConfig({ ...variables, TICKETGATE_STATE_DIR: folder }), clock ? { clock } : {});

/** Everything of the configuration that stands in the database. */
async function stored({ store }: Awaited<ReturnType<typeof start>>) {
  return {
    service: await store.findService("1"),
    clients: await Promise.all(["1001", "2001"].map((id) => store.findClient("1", id))),
    keys: await store.engine.read.listSigningKeys("1"),
  };
}

async function command(program: string, args: string[], variables: Record<string, string> = {}) {
  const env = { PATH: process.env.PATH ?? "", TICKETGATE_STATE_DIR: folder, ...terminal, ...variables };
  const child = spawn(process.execPath, [`src/server/${program}`, ...args], { env: env as never });
  child.stdin.on("error", () => {}).end("correct horse battery staple\n");
  const [output, errors, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "close"),
  ]);
  return { output, errors, code };
}

const shop = ["--name", "Demo Shop", "--redirect-uri", "https://shop.example/callback"];

describe("a command beside a server", () => {
  it.each([
    ["client list", "clients.ts", ["list"]],
    ["client add", "clients.ts", ["add", ...shop]],
    ["client update", "clients.ts", ["update", "4001", "--name", "Shop"]],
    ["keys list", "signing-keys.ts", ["list"]],
    ["user", "add-user.ts", ["zoe"]],
  ])(
    "leaves what the server was configured with as it is: %s",
    async (_, program, args) => {
      const running = await start(server, () => Date.now() - 60_000);
      await running.store.upsertClient("1", { number: 4001, clientId: 4001, clientName: "App" });
      const before = await stored(running);
      expect(before.clients).toEqual([
        expect.objectContaining({ clientSecret: server.TICKETGATE_CLIENT_SECRET }),
        expect.objectContaining({ clientSecret: server.TICKETGATE_BACKEND_CLIENT_SECRET }),
      ]);
      expect(await command(program, args)).toMatchObject({ code: 0, errors: "" });
      const after = await stored(running);
      await running.close();
      expect(after).toEqual(before);
    },
    TIMEOUT_MS,
  );

  it(
    "does what it was asked to do there, and a server that starts follows its own configuration",
    async () => {
      await (await start()).close();
      const added = await command("clients.ts", ["add", ...shop, "--json"]);
      const { clientId } = JSON.parse(added.output);
      const rotated = await command("signing-keys.ts", ["rotate", "--now"]);
      expect(rotated.output).toContain("retired");
      const next = await start({ ...server, TICKETGATE_ORIGIN: "https://new.example.com" });
      const { service, clients } = await stored(next);
      expect(await next.store.findClient("1", String(clientId))).toMatchObject({ clientName: "Demo Shop" });
      await next.close();
      expect(service).toMatchObject({ issuer: "https://new.example.com", accessTokenDuration: 300 });
      expect(clients).toHaveLength(2);
    },
    TIMEOUT_MS,
  );

  it(
    "makes the service in an empty folder, and the server that starts there makes it its own",
    async () => {
      expect(await command("clients.ts", ["list"])).toEqual({
        code: 0,
        output: "There are no clients.\n",
        errors: "",
      });
      expect(await command("clients.ts", ["add", ...shop])).toMatchObject({ code: 0, errors: "" });
      const running = await start();
      const { service, clients } = await stored(running);
      await running.close();
      expect(service).toMatchObject({ issuer: server.TICKETGATE_ORIGIN, accessTokenDuration: 300 });
      expect(clients[0]).toMatchObject({ clientSecret: server.TICKETGATE_CLIENT_SECRET });
    },
    TIMEOUT_MS,
  );

  it(
    "makes no second service where there is one",
    async () => {
      const running = await start();
      const refused = await command("clients.ts", ["list"], { TICKETGATE_SERVICE_ID: "7" });
      const made = await running.store.findService("7");
      await running.close();
      expect(refused).toMatchObject({ code: 1, output: "" });
      expect(refused.errors).toContain("TICKETGATE_SERVICE_ID: there is no service 7 in this database");
      expect(made).toBeUndefined();
    },
    TIMEOUT_MS,
  );
});

describe("a misspelt setting", () => {
  const misspelt = { TICKETGATE_SECOND_FACTR: "required" };
  const problem =
    "TICKETGATE_SECOND_FACTR: there is no such setting; the nearest is TICKETGATE_SECOND_FACTOR";

  it(
    "is refused by what serves, and warned of by a command that does its work",
    async () => {
      expect(await command("clients.ts", ["list"], misspelt)).toEqual({
        code: 0,
        output: "There are no clients.\n",
        errors: `Warning: ${problem}\n`,
      });
      for (const [program, ...args] of [["main.ts"], ["engine-alone.ts", "--port", "0", "--production"]]) {
        const refused = await command(program ?? "", args, misspelt);
        expect(refused).toMatchObject({ code: 1, output: "" });
        expect(refused.errors).toContain(problem);
        expect(refused.errors).not.toMatch(/ at .*\.ts:/);
      }
    },
    TIMEOUT_MS,
  );
});
