import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { hashOf } from "../../../src/server/secret/hash.ts";
import { Secret } from "../../../src/server/secret/secret.ts";
import type { Session } from "../../../src/server/session/records.ts";
import {
  createSession,
  endSession,
  openTokens,
  readSession,
  sealTokens,
} from "../../../src/server/session/session.ts";
import { keyringOf, openPorts, type Ports } from "./ports.ts";

let ports: Ports;
beforeEach(async () => {
  ports = await openPorts();
});
afterEach(() => ports.store.close());

const tokens = { accessToken: new Secret("the access token"), refreshToken: new Secret("the refresh token") };

const create = () =>
  createSession(ports, {
    subject: "usr_1",
    clientId: "1001",
    scopes: ["profile"],
    accessTokenExpiresAt: ports.clock() + 3_600_000,
    trip: "[]",
    methods: ["pwd"],
    tokens,
  });

async function read(id: string): Promise<Session> {
  const session = await readSession(ports, id);
  if (!session) throw new Error("no session");
  return session;
}

describe("a new session", () => {
  it("has an id of 256 bits, of which only the hash is kept", async () => {
    const id = await create();
    expect(id).toMatch(/^[\w-]{43}$/);
    const session = await read(id);
    expect(session.idHash).toBe(hashOf(id));
    expect(JSON.stringify(session)).not.toContain(id);
  });

  it("has another id each time", async () => {
    const ids = await Promise.all(Array.from({ length: 100 }, create));
    expect(new Set(ids).size).toBe(100);
  });

  it("knows when it began and when it ends", async () => {
    const now = ports.clock();
    expect(await read(await create())).toMatchObject({
      authenticatedAt: now,
      lastSeenAt: now,
      expiresAt: now + ports.absoluteMs,
      tokenVersion: 0,
    });
  });
});

describe("the tokens of a session", () => {
  it("are sealed", async () => {
    const session = await read(await create());
    expect(JSON.stringify(session)).not.toContain(tokens.accessToken.reveal());
    const opened = openTokens(ports.keyring, session);
    expect(opened?.accessToken.reveal()).toBe(tokens.accessToken.reveal());
    expect(opened?.refreshToken?.reveal()).toBe(tokens.refreshToken.reveal());
  });

  it("do not open in another session, or with another key", async () => {
    const [mine, other] = [await read(await create()), await read(await create())];
    expect(openTokens(ports.keyring, { ...other, sealedTokens: mine.sealedTokens })).toBeUndefined();
    expect(openTokens(keyringOf("another"), mine)).toBeUndefined();
    expect(openTokens(ports.keyring, mine)).toBeDefined();
  });

  it("come back as they were, whatever they are, with and without a refresh token", async () => {
    const session = await read(await create());
    fc.assert(
      fc.property(fc.string(), fc.option(fc.string(), { nil: undefined }), (access, refresh) => {
        const given = {
          accessToken: new Secret(access),
          refreshToken: refresh === undefined ? undefined : new Secret(refresh),
        };
        const sealedTokens = sealTokens(ports.keyring, session.idHash, given);
        const opened = openTokens(ports.keyring, { ...session, sealedTokens });
        expect([opened?.accessToken.reveal(), opened?.refreshToken?.reveal()]).toEqual([access, refresh]);
      }),
    );
  });
});

describe("the use of a session", () => {
  it("is noted once a minute", async () => {
    const touched: number[] = [];
    const sessions = {
      ...ports.sessions,
      touch: async (idHash: string, now: number) => {
        touched.push(now);
        await ports.sessions.touch(idHash, now);
      },
    };
    const observed = { ...ports, sessions };
    const begin = ports.clock();
    const id = await create();
    for (let second = 0; second < 180; second++) {
      await readSession(observed, id);
      ports.clock.advance(1_000);
    }
    expect(touched).toEqual([begin + 60_000, begin + 120_000]);
  });

  it("does not bring back one that has ended meanwhile", async () => {
    const id = await create();
    await endSession(ports, id);
    await ports.sessions.touch(hashOf(id), ports.clock() + 1);
    expect(await readSession(ports, id)).toBeUndefined();
  });
});

describe("an id", () => {
  it("that is not good is nobody's, whatever the text, and is not even looked up", async () => {
    const unused = {
      ...ports,
      sessions: { ...ports.sessions, find: () => Promise.reject(new Error("looked up")) },
    };
    const text = fc.string({ unit: "binary" }).filter((value) => !/^[\w-]{43}$/.test(value));
    await fc.assert(
      fc.asyncProperty(fc.option(text, { nil: undefined }), async (id) => {
        expect(await readSession(unused, id)).toBeUndefined();
        expect(await endSession(unused, id)).toBeUndefined();
      }),
    );
  });

  it("ends its session for one of 32 callers", async () => {
    const id = await create();
    const ended = await Promise.all(Array.from({ length: 32 }, () => endSession(ports, id)));
    expect(ended.filter(Boolean)).toHaveLength(1);
  });
});
