import { scryptSync } from "node:crypto";
import { readFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createUserDirectory, type User } from "../../../examples/directory-adapter.ts";
import { releasedClaims } from "../../../src/server/account/released-claims.ts";
import { offersOf } from "../../../src/server/flow/account/self-service.ts";
import { createTrpcEndpoint } from "../../../src/server/http/trpc.ts";
import { createBrowser, type Gate, openGate } from "../../support/gate.ts";

let users: DatabaseSync;
let gate: Gate;
beforeEach(async () => {
  users = new DatabaseSync(":memory:");
  users.exec(
    "create table users (id integer primary key, login text, full_name text, email text, email_confirmed integer, salt text, password_scrypt text, changed_at integer)",
  );
  const hash = scryptSync("the old password", "salt-7", 32).toString("base64");
  users
    .prepare(
      "insert into users values (7, 'zoe', 'Zoë Brown', 'zoe@example.com', 0, 'salt-7', ?, 1800000000999)",
    )
    .run(hash);
  gate = await openGate();
});
afterEach(async () => {
  users.close();
  await gate.close();
});

const directory = () =>
  createUserDirectory(
    async (column, value) =>
      users.prepare(`select * from users where ${column} = ?`).get(value) as User | undefined,
  );

describe("the example of an adapter for a user table", () => {
  it("is short, and is what docs/accounts.md shows", () => {
    const code = readFileSync("examples/directory-adapter.ts", "utf8");
    expect(code.trim().split("\n").length).toBeLessThan(60);
    expect(readFileSync("docs/accounts.md", "utf8")).toContain(code.trim());
  });

  it("signs in the users of the table, with no page of ours about their passwords", async () => {
    const services = { ...gate.services, accounts: directory(), selfService: undefined };
    const browser = createBrowser(services, createTrpcEndpoint(services));
    expect((await browser.signIn("ZOE", "the old password")).status).toBe(200);
    const { data } = await browser.current();
    expect(data).toMatchObject({ signedIn: true, subject: "user-7", username: "zoe", name: "Zoë Brown" });
    expect(offersOf(services)).toEqual({ passwordChange: false, mail: false, registration: false });
  });

  it.each([
    ["zoe", "another password"],
    ["zoe", ""],
    ["nobody", "the old password"],
    ["7", "the old password"],
  ])("refuses %j with %j", async (username, password) => {
    expect(await directory().verifyPassword(username, password)).toBeUndefined();
    expect(await directory().verifyPassword("zoe", "the old password")).toBe("user-7");
  });

  it("finds whom a client means by name or address", async () => {
    for (const hint of ["zoe", "zoe@example.com"])
      expect(await directory().findByHint(hint)).toEqual({ subject: "user-7" });
    expect(await directory().findByHint("user-7")).toBeUndefined();
  });

  it("says what the table knows, in the types of OpenID Connect", async () => {
    const claims = await directory().claimsOf("user-7");
    expect(releasedClaims(claims, { scopes: ["openid", "email", "profile"] })).toEqual({
      name: "Zoë Brown",
      preferred_username: "zoe",
      email: "zoe@example.com",
      email_verified: false,
      updated_at: 1_800_000_000,
    });
    for (const subject of ["user-8", "7", "usr_7"]) {
      expect(await directory().claimsOf(subject)).toBeUndefined();
      expect(await directory().find(subject)).toBeUndefined();
    }
  });
});
