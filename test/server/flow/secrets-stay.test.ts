import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { observeSecrets } from "../../../src/server/secret/secret.ts";
import { demo, type Gate, openGate } from "../../support/gate.ts";
import { passwordRequest } from "./actors.ts";

let gate: Gate;
let folder: string;
let minted: Set<string>;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "ticketgate-"));
  minted = new Set();
  observeSecrets((value) => minted.add(value));
  gate = await openGate({ overrides: { database: join(folder, "ticketgate.sqlite") } });
});
afterEach(async () => {
  observeSecrets(undefined);
  await gate.close();
  rmSync(folder, { recursive: true });
});

const WRONG_PASSWORD = "a wrong password that stands nowhere";

/** All that the database has written, its log included. */
const stored = () =>
  readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), "latin1"))
    .join("\n");

/** Everything secret in a browser's sign-in and a back end's issue: tickets, tokens, handles, cookies, passwords. */
async function secretsOfEveryTrip(): Promise<string[]> {
  const browser = gate.browser();
  await browser.login(demo.username, WRONG_PASSWORD);
  const handle = (await browser.login()).data?.handle ?? "";
  const bindings = [...browser.cookies.values()];
  await browser.call("token.issue", { ticket: handle, subject: await gate.subject() });
  const backend = await gate.backend();
  const ticket = await backend.ticket();
  const { data } = await backend.call<Record<string, string>>("token.issue", { ticket, subject: "usr_1" });
  const server = await gate.server().token.request(passwordRequest());
  const tickets = gate.calls
    .map(({ request }) => request.ticket)
    .filter((value) => typeof value === "string");
  return [
    handle,
    ...bindings,
    ...browser.cookies.values(),
    backend.token,
    ticket,
    data?.accessToken ?? "",
    data?.refreshToken ?? "",
    server.action === "PASSWORD" ? server.ticket : "",
    demo.password,
    WRONG_PASSWORD,
    ...tickets,
    ...minted,
  ];
}

describe("after sign-ins and issues", () => {
  it("no secret stands in the database as it is", async () => {
    const secrets = await secretsOfEveryTrip();
    const text = stored();
    expect(secrets.filter((secret) => secret.length < 12)).toEqual([]);
    expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
    expect(text).toContain(await gate.subject());
  });

  it("no secret stands in the log", async () => {
    const secrets = await secretsOfEveryTrip();
    const text = gate.lines.join("\n");
    expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
    expect(text).toContain("audit.token_issued");
  });

  it("no password was sent to the engine, right or wrong", async () => {
    await secretsOfEveryTrip();
    const calls = decodeURIComponent(JSON.stringify(gate.calls).replaceAll("+", " "));
    expect(calls).not.toContain(demo.password);
    expect(calls).not.toContain(WRONG_PASSWORD);
    expect(calls).toContain(demo.username);
  });

  it("no secret stands in what the browser is told of its session", async () => {
    const browser = gate.browser();
    await browser.signIn();
    const { text } = await browser.current();
    const secrets = [...minted, ...browser.cookies.values()];
    expect(secrets.length).toBeGreaterThan(3);
    expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
    expect(text).toContain("auth/token/issue");
  });
});
