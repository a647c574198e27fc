import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Browser, type Gate, openGate } from "../../support/gate.ts";
import { inPostgres } from "./postgres-places.ts";
import type { Place } from "./store-factory.ts";

/** Two instances on one database. */
let place: Place;
let gates: [Gate, Gate];

beforeEach(async () => {
  place = await inPostgres.createPlace();
  const { url } = place.at as { url: string };
  const open = () => openGate({ env: { DATABASE_URL: url } });
  gates = [await open(), await open()];
});
afterEach(async () => {
  for (const gate of gates) await gate.close();
  await place.remove();
});

/** The same browser, at the other instance. */
function movedTo(gate: Gate, browser: Browser): Browser {
  const moved = gate.browser();
  for (const [name, value] of browser.cookies) moved.cookies.set(name, value);
  return moved;
}

describe("instances that share a PostgreSQL database", () => {
  it("sign somebody in, whichever is asked for each step, and out everywhere", async () => {
    const [first, second] = gates;
    const browser = first.browser();
    const begun = await browser.login();
    expect(begun.status).toBe(200);
    const elsewhere = movedTo(second, browser);
    const ticket = { ticket: begun.data?.handle, subject: begun.data?.subject };
    expect(await elsewhere.call("token.issue", ticket)).toMatchObject({
      status: 200,
      data: { action: "OK", subject: await first.subject() },
    });
    const back = movedTo(first, elsewhere);
    expect((await back.current()).data).toMatchObject({ signedIn: true });
    expect((await back.signOut()).status).toBe(200);
    expect((await elsewhere.current()).data).toMatchObject({ signedIn: false });
  });

  it("issue once for a sign-in that is finished at both", async () => {
    const [first, second] = gates;
    const browser = first.browser();
    const { data } = await browser.login();
    const issue = (gate: Gate) =>
      movedTo(gate, browser).call("token.issue", { ticket: data?.handle, subject: data?.subject });
    const answers = await Promise.all(
      Array.from({ length: 64 }, (_, call) => issue(call % 2 ? first : second)),
    );
    const codes = answers.map(({ status, error }) => error?.code ?? status);
    expect(codes.filter((code) => code === 200)).toHaveLength(1);
    expect(codes.filter((code) => code === "TICKET_INVALID")).toHaveLength(63);
    expect([first, second].flatMap((gate) => gate.callsOf("auth/token/issue"))).toHaveLength(1);
  });

  it("serve the tokens of each other", async () => {
    const [first, second] = gates;
    const backend = await first.backend();
    const ticket = await backend.ticket();
    const issued = await backend.call<{ accessToken: string }>("token.issue", { ticket, subject: "usr_1" });
    const token = issued.data?.accessToken ?? "";
    expect(await second.services.authlete["auth/introspection"]({ token })).toMatchObject({
      action: "OK",
      subject: "usr_1",
    });
  });

  it("tell nobody where the database is or how it is reached, when it is gone", async () => {
    const [gate] = gates;
    await gate.services.store.close();
    const refused = await gate.browser().login();
    expect(refused).toMatchObject({ status: 503, error: { code: "ENGINE_UNAVAILABLE" } });
    const { host, password } = new URL((place.at as { url: string }).url);
    const told = [refused.text, ...gate.lines].join("\n");
    expect(told).toContain("The store is closed.");
    for (const secret of [host, password, decodeURIComponent(password), "postgres://"]) {
      expect(told).not.toContain(secret);
    }
  });
});
