import { describe, expect, it } from "vitest";
import { createLog } from "../../src/server/log.ts";
import { Secret } from "../../src/server/secret/secret.ts";

function captured(level: "debug" | "warn" = "debug") {
  const lines: string[] = [];
  return { lines, log: createLog({ level, clock: () => 0, write: (line) => lines.push(line) }) };
}

function thrownBy(work: () => unknown): Error {
  try {
    work();
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error("nothing was thrown");
}

describe("the log", () => {
  it("writes one JSON line an event, in UTC", () => {
    const { log, lines } = captured();
    log.info("session.ended", { subject: "usr_1" });
    expect(lines).toEqual([
      '{"time":"1970-01-01T00:00:00.000Z","level":"info","event":"session.ended","subject":"usr_1"}',
    ]);
  });

  it("lets nobody forge a line", () => {
    const { log, lines } = captured();
    log.warn("login.refused", { username: 'eve"}\n{"event":"forged"}\u2028' });
    expect(lines).toHaveLength(1);
    expect(lines[0]).not.toContain("\n");
    expect(JSON.parse(lines[0] as string).event).toBe("login.refused");
  });

  it.each(["\u007f", "\u0085", "\u009b2J", "\u2028", "\u2029", "\u202e", "\u2066", "\ufeff"])(
    "writes no character that steers what shows it: %j",
    (character) => {
      const { log, lines } = captured();
      log.warn("login.refused", { username: `eve${character}` });
      expect(lines[0]).toMatch(/^[\x20-\x7e]*$/);
      expect(JSON.parse(lines[0] as string).username).toBe(`eve${character}`);
    },
  );

  it("leaves out what looks like a secret in the words of an error, and keeps who it was about", () => {
    const { log, lines } = captured();
    const token = "Vd4kq0Xy7Qm2Jr9ZpT1sLw8NcB5hGfA3eKuRiOoYx6E";
    log.error("x", { subject: token, error: new Error(`no ${token}`, { cause: `Bearer ${token}` }) });
    const written = JSON.parse(lines[0] as string);
    expect(written).toMatchObject({
      subject: token,
      error: { message: "no [redacted]", cause: "Bearer [redacted]" },
    });
    expect(JSON.stringify(written.error)).not.toContain(token);
  });

  const quoting = [
    ["JSON at its beginning", "not json"],
    ["JSON in its middle", '{"username":"ada","password" hunter2}'],
    ["JSON with a command for a terminal and a line break", "\u001b[31mX\nFOR"],
    ["JSON of one word", "undefined"],
  ] as const;

  it.each(quoting)("never writes what a SyntaxError quotes: %s", (_, text) => {
    const { log, lines } = captured();
    const error = thrownBy(() => JSON.parse(text));
    log.error("x", { error: new Error("outer", { cause: error }), errors: [error] });
    const written = JSON.parse(lines[0] as string);
    for (const shown of [written.error.cause, written.errors[0]]) {
      expect(shown).toMatchObject({
        name: "SyntaxError",
        message: "[not written: it may quote what was read]",
      });
      expect(shown.stack).toMatch(/^ {4}at /);
    }
    expect(lines[0]).not.toContain(text.slice(0, 8).trim());
    expect(lines[0]).not.toMatch(/hunter2|FOR/);
  });

  it.each(quoting)("leaves such words out of other texts too: %s", (_, text) => {
    const { log, lines } = captured();
    const { message } = thrownBy(() => JSON.parse(text));
    log.error("x", { error: new Error(`could not read: ${message}`), said: [message] });
    expect(lines[0]).not.toContain(text.slice(0, 8).trim());
    expect(lines[0]).not.toMatch(/hunter2|FOR/);
  });

  it("does write where a SyntaxError is, and the words of other errors", () => {
    const { log, lines } = captured();
    const { message } = thrownBy(() => JSON.parse('{"a":1'));
    log.error("x", { error: new TypeError("no boundary in the body"), said: message });
    expect(lines[0]).toContain("no boundary in the body");
    expect(lines[0]).toContain("JSON at position 6");
  });

  it("writes the event even when its fields cannot be written", () => {
    const { log, lines } = captured();
    const cycle: { self?: unknown } = {};
    cycle.self = cycle;
    log.error("x", { error: new Error("no", { cause: cycle }) });
    expect(JSON.parse(lines[0] as string)).toMatchObject({ event: "x", unwritable: ["error"] });
  });

  it.each([
    "password",
    "clientSecret",
    "ticket",
    "accessToken",
    "token",
    "refreshTokens",
    "Authorization",
    "cookie",
    "sealedTicket",
    "parameters",
    "responseContent",
    "jwtAccessToken",
  ])("never writes a value named %s", (name) => {
    const { log, lines } = captured();
    log.error("x", { [name]: "very-secret", nested: { [name]: "very-secret" } });
    expect(lines.join()).not.toContain("very-secret");
    expect(lines.join()).toContain("[redacted]");
  });

  it("does write what is not secret", () => {
    const { log, lines } = captured();
    log.info("x", { accessTokenExpiresAt: 5, ticketAge: "3 s", code: 7 });
    expect(JSON.parse(lines[0] as string)).toMatchObject({
      accessTokenExpiresAt: 5,
      ticketAge: "3 s",
      code: 7,
    });
  });

  it("shows a Secret as redacted and an error with its cause", () => {
    const { log, lines } = captured();
    log.error("x", { value: new Secret("hidden"), error: new Error("outer", { cause: new Error("inner") }) });
    expect(lines[0]).not.toContain("hidden");
    expect(lines[0]).toContain("outer");
    expect(lines[0]).toContain("inner");
  });

  it("leaves out what is below its level", () => {
    const { log, lines } = captured("warn");
    log.info("x");
    log.warn("y");
    expect(lines).toHaveLength(1);
  });
});
