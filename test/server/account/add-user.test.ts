import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createAccountDirectory } from "../../../src/server/account/argon2-directory.ts";
import { createKeyring } from "../../../src/server/secret/keyring.ts";
import { openStore } from "../../../src/server/store/open.ts";
import { account, factorSetup, secondFactor } from "../../contract/store/records.ts";
import { random } from "../../contract/store/store-factory.ts";

const SEALING_KEY = "sealing-key-for-the-test-of-the-command";
const TIMEOUT_MS = 30_000;

describe("npm run user", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "ticketgate-add-user-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const run = async (args: string[], input: string, variables: Record<string, string> = {}) => {
    const env = {
      NODE_ENV: "production" as const,
      PATH: process.env.PATH ?? "",
      TICKETGATE_STATE_DIR: folder,
      TICKETGATE_ORIGIN: "https://login.example.com",
      TICKETGATE_SEALING_KEYS: SEALING_KEY,
      TICKETGATE_CLIENT_SECRET: "a client secret for the test of the command",
      TICKETGATE_ENGINE_TOKEN: "an engine token for the test of the command",
      ...variables,
    };
    const child = spawn(process.execPath, ["src/server/add-user.ts", ...args], { env });
    child.stdin.on("error", () => {}).end(input);
    const [output, errors, [code]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, "close"),
    ]);
    return { output, errors, code };
  };

  const openAccounts = async () => {
    const keyring = createKeyring([SEALING_KEY], { purpose: "store", random });
    return openStore({ file: join(folder, "ticketgate.sqlite"), clock: Date.now, random, keyring });
  };

  it(
    "adds a user who can sign in, and prints the subject and never the password",
    async () => {
      const added = await run(["zoë", "--name", "Zoë Brown"], "correct horse battery\n");
      expect(added).toMatchObject({ code: 0, errors: "" });
      expect(added.output).toMatch(/^usr_[\w-]{22}\n$/);
      const store = await openAccounts();
      const directory = createAccountDirectory({ accounts: store.accounts });
      const subject = added.output.trim();
      expect(await directory.verifyPassword("Zoë", "correct horse battery")).toBe(subject);
      expect(await directory.find(subject)).toEqual({ subject, username: "zoë", name: "Zoë Brown" });
      await store.close();
    },
    TIMEOUT_MS,
  );

  it(
    "adds what the user claims",
    async () => {
      const options = ["--email", "zoe@example.com", "--email-verified", "--given-name", "Zoë"];
      const address = ["--locality", "Paris", "--country", "FR", "--phone-number", "+33123456789"];
      const added = await run(["zoë", ...options, ...address], "correct horse battery\n");
      expect(added).toMatchObject({ code: 0, errors: "" });
      const store = await openAccounts();
      const claims = await createAccountDirectory(store).claimsOf(added.output.trim());
      await store.close();
      expect(claims).toEqual({
        name: "zoë",
        preferred_username: "zoë",
        email: "zoe@example.com",
        email_verified: true,
        given_name: "Zoë",
        phone_number: "+33123456789",
        address: { locality: "Paris", country: "FR" },
        updated_at: expect.any(Number),
      });
      const same = await run(["zoe2", "--email", "ZOE@example.com"], "correct horse battery\n");
      expect(same).toMatchObject({ code: 1, output: "" });
      expect(same.errors).toBe("The e-mail address ZOE@example.com belongs to an account.\n");
      const wrong = await run(["zoe2", "--birthdate", "yesterday"], "correct horse battery\n");
      expect(wrong).toMatchObject({ code: 1, output: "" });
      expect(wrong.errors).toMatch(/^The claim birthdate is not a date/);
    },
    TIMEOUT_MS,
  );

  it(
    "says why it refuses, and ends with 1",
    async () => {
      expect((await run(["zoe"], "correct horse battery\n")).code).toBe(0);
      const taken = await run(["ZOE"], "correct horse battery\n");
      expect(taken).toMatchObject({ code: 1, output: "" });
      expect(taken.errors).toBe("The user name ZOE is taken.\n");
      const short = await run(["bob"], "fourteen chars\n");
      expect(short).toMatchObject({
        code: 1,
        errors: "The password has fewer than 15 characters. A few words make a good one.\n",
      });
      const foreign = await run(["bob"], "correct horse battery\n", {
        TICKETGATE_SEALING_KEYS: "x".repeat(40),
      });
      expect(foreign.code).toBe(1);
      expect(foreign.errors).toContain("TICKETGATE_SEALING_KEYS does not open this database");
      const store = await openAccounts();
      expect(await store.accounts.findByUsername("bob")).toBeUndefined();
      await store.close();
    },
    TIMEOUT_MS,
  );

  it(
    "takes the second factor of a user away, of nobody else, and once",
    async () => {
      const store = await openAccounts();
      const [zoe, bob] = ["usr_zoe", "usr_bob"];
      for (const subject of [zoe, bob]) {
        const username = subject.slice("usr_".length);
        await store.accounts.insert(account({ subject, username, email: undefined }));
        await store.factorSetups.put(factorSetup({ ownerHash: subject, subject }));
        const { sealed } = factorSetup();
        const setup = { ownerHash: subject, from: sealed, to: sealed };
        await store.factors.enrol({ ...secondFactor({ subject }), codeHashes: [`of ${subject}`] }, setup);
      }
      const removed = await run(["ZOE", "--remove-second-factor"], "");
      expect(removed).toEqual({
        code: 0,
        output: `The authenticator app and the recovery codes of ZOE (${zoe}) were taken away. The password alone signs in now.\n`,
        errors: "",
      });
      expect(await store.factors.find(zoe)).toBeUndefined();
      expect(await store.factors.countRecoveryCodes(zoe)).toBe(0);
      expect(await store.factors.find(bob)).toBeDefined();
      await store.close();
      for (const name of ["zoe", "nobody"]) {
        const again = await run([name, "--remove-second-factor"], "");
        expect(again).toEqual({ code: 1, output: "", errors: "Nothing was removed.\n" });
      }
    },
    TIMEOUT_MS,
  );

  it(
    "names what the configuration lacks, and how to reach the development server's",
    async () => {
      const refused = await run(["zoe"], "correct horse battery\n", { TICKETGATE_SEALING_KEYS: "" });
      expect(refused.code).toBe(1);
      expect(refused.errors).toMatch(/TICKETGATE_SEALING_KEYS is missing.*--development/s);
      const added = await run(["zoe", "--development"], "correct horse battery\n", {
        TICKETGATE_SEALING_KEYS: "",
      });
      expect(added).toMatchObject({ code: 0, errors: "" });
    },
    TIMEOUT_MS,
  );

  it.each([
    ["no user name", []],
    ["an unknown option", ["zoe", "--admin"]],
    ["an address that is verified and not there", ["zoe", "--email-verified"]],
    ["two names", ["zoe", "Zoë", "--name", "Zoë"]],
    ["a user to add and to take something from", ["zoe", "--remove-second-factor", "--locale", "en"]],
    ["too many words", ["zoe", "Zoë", "Brown"]],
  ])(
    "shows how it is called, and ends with 2: %s",
    async (_, args) => {
      const refused = await run(args, "correct horse battery\n");
      expect(refused).toMatchObject({ code: 2, output: "" });
      expect(refused.errors).toContain("npm run user -- <user name>");
      if (args.includes("--admin")) expect(refused.errors).toMatch(/\n\nUnknown option '--admin'\.\n$/);
    },
    TIMEOUT_MS,
  );
});
