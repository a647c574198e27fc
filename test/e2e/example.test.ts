import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inspect, startWatched, type Watched } from "./support/inspection.ts";

const run = promisify(execFile);

describe("examples/back-end.ts", () => {
  let ticketgate: Watched;
  let said = "";
  beforeAll(async () => {
    ticketgate = await startWatched();
  });
  afterAll(() => ticketgate.stop());

  const example = async (changes: Record<string, string> = {}) => {
    const env: NodeJS.ProcessEnv = {
      NODE_ENV: "production",
      PATH: process.env.PATH ?? "",
      TICKETGATE_ORIGIN: ticketgate.origin,
      CLIENT_ID: "2001",
      CLIENT_SECRET: ticketgate.secrets.TICKETGATE_BACKEND_CLIENT_SECRET ?? "",
      ...changes,
    };
    const running = run(process.execPath, ["examples/back-end.ts"], { env });
    for (const stream of [running.child.stdout, running.child.stderr])
      stream?.on("data", (part) => (said += String(part)));
    return running;
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

  it("said no secret, and neither did the server's errors and log", async () => {
    const { leaks, kinds, secretNames } = await inspect({
      servers: [ticketgate],
      answers: await ticketgate.recorder.take(),
      surfaces: [{ kind: "log", name: "what the example said", text: said }],
    });
    expect(leaks).toEqual([]);
    expect(kinds).toEqual(["error", "header", "log"]);
    expect(said).toContain("issued");
    expect(secretNames).toEqual(expect.arrayContaining(["access_token", "ticket", "accessToken"]));
  });
});
