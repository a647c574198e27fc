import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTicketgate, type Ticketgate } from "./support/ticketgate.ts";

const run = promisify(execFile);

describe("examples/back-end.ts", () => {
  let ticketgate: Ticketgate;
  beforeAll(async () => {
    ticketgate = await startTicketgate();
  });
  afterAll(() => ticketgate.stop());

  const example = (changes: Record<string, string> = {}) => {
    const env: NodeJS.ProcessEnv = {
      NODE_ENV: "production",
      PATH: process.env.PATH ?? "",
      TICKETGATE_ORIGIN: ticketgate.origin,
      CLIENT_ID: "2001",
      CLIENT_SECRET: ticketgate.secrets.TICKETGATE_BACKEND_CLIENT_SECRET ?? "",
      ...changes,
    };
    return run(process.execPath, ["examples/back-end.ts"], { env });
  };

  it("issues a token, says what it is worth, and revokes it", async () => {
    const { stdout } = await example();
    expect(stdout).toMatch(/^issued {5}for user-1815, scopes profile, until 20\d\d-/);
    expect(stdout).toContain("introspect OK, subject user-1815, department=engines\n");
    expect(stdout).toMatch(/introspect UNAUTHORIZED\n$/);
  });

  it("says what is wrong with its settings", async () => {
    await expect(example({ CLIENT_SECRET: "wrong" })).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining("TOKEN_REFUSED: invalid_client"),
    });
    await expect(example({ CLIENT_ID: "" })).rejects.toMatchObject({
      stderr: expect.stringContaining("CLIENT_ID"),
    });
  });
});
