import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Artifact } from "../../../src/server/engine/artifacts.ts";
import { changeArtifact } from "../../../src/server/engine/change-artifact.ts";
import type { EngineStore } from "../../../src/server/engine/ports.ts";
import { openTestEngine, SERVICE_ID, type TestEngine } from "../../support/engine.ts";

let test: TestEngine;
beforeEach(async () => {
  test = await openTestEngine();
  await test.store.engine.write((writer) => writer.insertArtifact(artifact("first")));
});
afterEach(() => test.close());

const key = { kind: "used_jti", keyHash: "first" } as const;

const artifact = (keyHash: string): Artifact<"used_jti"> => ({
  kind: "used_jti",
  keyHash,
  aliasHash: undefined,
  serviceId: SERVICE_ID,
  clientId: undefined,
  document: {},
  revision: 0,
  spentAt: undefined,
  createdAt: test.clock(),
  expiresAt: test.clock() + 1000,
});

const stored = (keyHash: string) => test.store.engine.read.findArtifact("used_jti", keyHash);

/** A store in which other changes come first so many times. */
function contended(times: number): EngineStore {
  let left = times;
  const { read, write } = test.store.engine;
  return {
    read,
    write: (work) =>
      write((writer) =>
        work({
          ...writer,
          updateArtifact: async (changed) => {
            left -= 1;
            return left < 0 && writer.updateArtifact(changed);
          },
        }),
      ),
  };
}

describe("a change of an artifact", () => {
  it("is made once, from what is stored", async () => {
    const change = (found: Artifact<"used_jti"> | undefined) => ({
      ...artifact("first"),
      ...found,
      expiresAt: 7,
    });
    expect(await changeArtifact({ store: contended(0) }, key, change)).toMatchObject({ expiresAt: 7 });
    expect(await stored("first")).toMatchObject({ expiresAt: 7, revision: 1 });
  });

  it("is made again after another one that came first, and what it wrote before is undone", async () => {
    let calls = 0;
    await changeArtifact({ store: contended(3) }, key, async (found, writer) => {
      calls += 1;
      await writer.insertArtifact(artifact(`call ${calls}`));
      return { ...artifact("first"), ...found, expiresAt: calls };
    });
    expect(calls).toBe(4);
    expect(await stored("first")).toMatchObject({ expiresAt: 4 });
    expect(await stored("call 3")).toBeUndefined();
    expect(await stored("call 4")).toBeDefined();
  });

  it("is given up when others always come first", async () => {
    let calls = 0;
    const change = (found: Artifact<"used_jti"> | undefined) => {
      calls += 1;
      return { ...artifact("first"), ...found, expiresAt: 7 };
    };
    await expect(changeArtifact({ store: contended(1000) }, key, change)).rejects.toThrow(
      "other changes of the artifact came first",
    );
    expect(calls).toBe(16);
    expect(await stored("first")).toMatchObject({ revision: 0 });
  });

  it("is not made when it refuses", async () => {
    const refuse = () => {
      throw new Error("no");
    };
    await expect(changeArtifact({ store: contended(0) }, key, refuse)).rejects.toThrow("no");
    expect(await stored("first")).toMatchObject({ revision: 0 });
  });
});
