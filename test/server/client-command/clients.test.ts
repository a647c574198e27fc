import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const TIMEOUT_MS = 60_000;
const DEMO = ["--name", "Demo Shop", "--redirect-uri", "https://shop.example/callback"];

describe("npm run client", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "ticketgate-clients-"));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const run = async (args: string[], variables: Record<string, string> = {}) => {
    const env = {
      NODE_ENV: "production" as const,
      PATH: process.env.PATH ?? "",
      TICKETGATE_STATE_DIR: folder,
      TICKETGATE_ORIGIN: "https://login.example.com",
      TICKETGATE_SEALING_KEYS: "sealing-key-for-the-test-of-the-command",
      TICKETGATE_CLIENT_SECRET: "a client secret for the test of the command",
      TICKETGATE_ENGINE_TOKEN: "an engine token for the test of the command",
      ...variables,
    };
    const child = spawn(process.execPath, ["src/server/clients.ts", ...args], { env });
    const [output, errors, [code]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, "close"),
    ]);
    return { output, errors, code };
  };

  const json = async (args: string[]) => JSON.parse((await run([...args, "--json"])).output);

  it(
    "adds a client, shows its secret once, changes, locks and removes it",
    async () => {
      const added = await run(["add", ...DEMO, "--post-logout-redirect-uri", "https://shop.example/bye"]);
      expect(added).toMatchObject({ code: 0, errors: "" });
      const [, id = ""] = /^id +(\d+)$/m.exec(added.output) ?? [];
      const [, secret = ""] = /^secret +([\w-]{43,}) +\(shown this once\)$/m.exec(added.output) ?? [];
      expect([id.length, secret.length]).toEqual([14, expect.any(Number)]);
      const shown = await run(["show", id]);
      expect(shown.output).toContain("redirects to   https://shop.example/callback");
      expect(shown.output).toContain("after logout   https://shop.example/bye");
      expect(`${shown.output}${(await run(["list"])).output}`).not.toContain(secret);
      expect(JSON.stringify([await json(["show", id]), await json(["list"])])).not.toContain(secret);

      const request = ["--request-uri", "https://shop.example/request.jwt", "--request-object-alg", "es256"];
      const changed = await json(["update", id, "--name", "Shop", "--scope", "openid,email", ...request]);
      expect(changed).toMatchObject({
        clientName: "Shop",
        redirectUris: ["https://shop.example/callback"],
        customMetadata: JSON.stringify({ post_logout_redirect_uris: ["https://shop.example/bye"] }),
        extension: { requestableScopesEnabled: true, requestableScopes: ["openid", "email"] },
        pkceRequired: true,
        requestUris: ["https://shop.example/request.jwt"],
        requestSignAlg: "ES256",
      });

      const fresh = await json(["secret", id]);
      expect(fresh.clientSecret).toMatch(/^[\w-]{43,}$/);
      expect(fresh.clientSecret).not.toBe(secret);

      expect((await run(["lock", id])).output).toBe(`Client ${id} is locked.\n`);
      expect((await run(["list"])).output).toMatch(new RegExp(`^${id}.*Shop   \\(locked\\)$`, "m"));
      expect((await run(["unlock", id])).code).toBe(0);
      expect((await json(["show", id])).locked ?? false).toBe(false);

      expect((await run(["remove", id])).output).toBe(`Client ${id} is removed.\n`);
      expect(await run(["show", id])).toMatchObject({ code: 1, errors: `There is no client ${id}.\n` });
    },
    TIMEOUT_MS,
  );

  it(
    "gives a public client no secret",
    async () => {
      const client = await json(["add", ...DEMO, "--public", "--application-type", "native"]);
      expect(client).toMatchObject({
        clientType: "PUBLIC",
        tokenAuthMethod: "NONE",
        applicationType: "NATIVE",
      });
      expect(client).not.toHaveProperty("clientSecret");
    },
    TIMEOUT_MS,
  );

  it.each([
    { call: ["--redirect-uri", "https://shop.example/"], about: "--name: " },
    { call: ["--name", "Shop"], about: "--redirect-uri: " },
    { call: [...DEMO, "--grant-type", "client_credentials"], about: "--scope: " },
    { call: [...DEMO, "--grant-type", "magic"], about: "--grant-type: " },
    {
      call: [...DEMO, "--redirect-uri", "javascript:alert(1)#x"],
      about:
        "--redirect-uri: the engine refuses javascript:alert(1)#x (A126202): it has to be an absolute URI without fragment, and none that a browser runs.\n",
    },
    {
      call: [...DEMO, "--redirect-uri", "https://shop.example/a,shop.example/b"],
      about: "--redirect-uri: the engine refuses shop.example/b (A126202): ",
    },
    {
      call: [...DEMO, "--logo-uri", "javascript:alert(1)"],
      about:
        "--logo-uri: the engine refuses javascript:alert(1) (A126202): it has to be an http or https address.\n",
    },
    {
      call: [...DEMO, "--jwks", '{"keys":"none"}'],
      about: "--jwks: the engine refuses it (A126202): its public keys: JSON text of a JWK Set.\n",
    },
    {
      call: [...DEMO, "--request-uri", "http://shop.example/request.jwt"],
      about:
        "--request-uri: the engine refuses http://shop.example/request.jwt (A126202): it has to be an https address",
    },
    { call: [...DEMO, "--public", "--auth-method", "client_secret_basic"], about: "--auth-method: " },
    {
      call: [...DEMO, "--post-logout-redirect-uri", "javascript:alert(1)"],
      about: "--post-logout-redirect-uri: ",
    },
    {
      call: [...DEMO, "--backchannel-logout-uri", "https://shop.example/#x"],
      about: "--backchannel-logout-uri: ",
    },
    { call: [...DEMO, "--set", "nothing=1"], about: "--set: nothing " },
    { call: [...DEMO, "--set", "defaultMaxAge=soon"], about: "--set defaultMaxAge: " },
  ])(
    "names what is wrong, and adds nothing: $about",
    async ({ call, about }) => {
      const before = (await json(["list"])).length;
      const refused = await run(["add", ...call]);
      expect(refused).toMatchObject({ code: 1, output: "" });
      expect(refused.errors).toContain(about);
      expect(refused.errors).not.toMatch(/ at .*\.ts:/);
      expect((await json(["list"])).length).toBe(before);
    },
    TIMEOUT_MS,
  );

  it.each([
    [],
    ["add", "extra"],
    ["show"],
    ["list", "1"],
    ["show", "1", "--name", "x"],
    ["burn", "1"],
    ["add", "--no"],
  ])(
    "explains itself to whoever calls it wrongly: %s %s",
    async (...args) => {
      const wrong = await run(args.filter((word) => typeof word === "string"));
      expect(wrong).toMatchObject({ code: 2, output: "" });
      expect(wrong.errors).toContain("npm run client -- add");
      if (String(args).includes("--no")) expect(wrong.errors).toMatch(/\n\nUnknown option '--no'\.\n$/);
    },
    TIMEOUT_MS,
  );

  it(
    "says so when the engine cannot be reached",
    async () => {
      const cloud = {
        AUTHLETE_BASE_URL: "http://127.0.0.1:9",
        AUTHLETE_SERVICE_ID: "1",
        AUTHLETE_API_TOKEN: "a-token-for-the-test-of-the-command",
      };
      const failed = await run(["list"], cloud);
      expect(failed.code).toBe(1);
      expect(failed.errors).toMatch(/^client\/get\/list: /);
    },
    TIMEOUT_MS,
  );
});
