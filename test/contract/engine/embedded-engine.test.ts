import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Service } from "../../../src/server/authlete/service.ts";
import type { Engine } from "../../../src/server/engine/engine.ts";
import { basic, issuedTokens } from "../../support/engine.ts";
import { ORIGIN, secretOf } from "../../support/gate.ts";
import { inPostgres } from "../store/postgres-places.ts";
import { inFile } from "../store/store-factory.ts";
import { configured, openStartPlace, SERVICE_ID, type StartPlace } from "./started-engine.ts";

const INSTANCES = 8;
const DAY_SECONDS = 86_400;
const withoutBackend = { TICKETGATE_BACKEND_CLIENT_SECRET: "" };
const PUBLISHED_A_DAY = {
  TICKETGATE_KEY_LIFETIME_SECONDS: String(10 * DAY_SECONDS),
  TICKETGATE_KEY_PUBLICATION_SECONDS: String(DAY_SECONDS),
};

type Key = { kid: string; alg: string; d?: string };

async function keysOf(engine: Engine, includePrivateKeys = false): Promise<Key[]> {
  const { keys } = await engine["service/jwks/get"]({ includePrivateKeys });
  return keys as Key[];
}

const kids = (keys: readonly Key[]) => keys.map(({ kid }) => kid).toSorted();
const settings = (engine: Engine): Promise<Service> => engine["service/get"]({});

async function clientIds(engine: Engine) {
  const { clients = [] } = await engine["client/get/list"]({});
  return clients.map(({ clientId }) => clientId);
}

function signIn(engine: Engine, client: { id: string; secret: string }) {
  const parameters = "grant_type=password&username=a&password=b";
  return engine["auth/token"]({ parameters, ...basic(client) });
}

describe.each([inFile, inPostgres])("an embedded engine on $name", (places) => {
  let place: StartPlace;
  beforeEach(async () => {
    place = await openStartPlace(places);
  });
  afterEach(() => place.remove());

  describe("at its first start", () => {
    it("has the service and the clients of the configuration", async () => {
      const { engine } = await place.start();
      expect(await settings(engine)).toMatchObject({
        apiKey: Number(SERVICE_ID),
        issuer: ORIGIN,
        tokenEndpoint: `${ORIGIN}/oauth/token`,
        apiSecret: expect.stringMatching(/^[\w-]{43}$/),
      });
      expect(await clientIds(engine)).toEqual([1001, 2001]);
      expect(await signIn(engine, configured.own)).toMatchObject({ action: "PASSWORD" });
      expect(await signIn(engine, configured.backend)).toMatchObject({ action: "PASSWORD" });
    });

    it("has a key for each algorithm, which rotation takes care of", async () => {
      const { engine, store } = await place.start();
      const keys = await keysOf(engine, true);
      expect(keys.map(({ alg }) => alg).toSorted()).toEqual(["ES256", "EdDSA", "PS256", "RS256"]);
      expect(kids((await store.engine.read.listSigningKeys(SERVICE_ID)) as Key[])).toEqual(kids(keys));
    });

    it("has no back end unless one is configured", async () => {
      const { engine } = await place.start(withoutBackend);
      expect(await clientIds(engine)).toEqual([1001]);
      expect(await signIn(engine, configured.backend)).toMatchObject({ action: "INVALID_CLIENT" });
    });

    it("is the same for all instances that start at once", async () => {
      const started = await Promise.all(Array.from({ length: INSTANCES }, () => place.start()));
      const [first, ...others] = await Promise.all(started.map(({ engine }) => settings(engine)));
      for (const other of others) expect(other).toEqual(first);
      const stored = await place.store.engine.read.listSigningKeys(SERVICE_ID);
      expect(stored).toHaveLength(4);
      for (const { engine } of started) {
        expect(kids(await keysOf(engine, true))).toEqual(kids(stored as Key[]));
        expect(await clientIds(engine)).toEqual([1001, 2001]);
      }
    });
  });

  describe("at a later start", () => {
    it("is as it was", async () => {
      const first = await place.start();
      const before = await settings(first.engine);
      const { accessToken } = await issuedTokens(first.engine, { client: configured.own });
      const second = await place.start();
      expect(await settings(second.engine)).toEqual(before);
      const answer = await second.engine["auth/introspection"]({ token: accessToken });
      expect(answer).toMatchObject({ action: "OK" });
      expect(place.lines).toEqual([]);
    });

    it("keeps what an operator has set", async () => {
      const first = await place.start();
      const changed = { ...(await settings(first.engine)), accessTokenDuration: 60, serviceName: "Ours" };
      await first.engine["service/update"](changed);
      const second = await place.start();
      expect(await settings(second.engine)).toMatchObject({ accessTokenDuration: 60, serviceName: "Ours" });
    });

    it("follows the origin with every address that stood under the old one", async () => {
      const first = await place.start();
      const before = await settings(first.engine);
      await first.engine["service/update"]({
        ...before,
        policyUri: "https://elsewhere.example/policy",
        tosUri: ORIGIN,
        description: `${ORIGIN}.example`,
        mtlsEndpointAliases: [
          { name: "token_endpoint", uri: `${ORIGIN}/mtls/token` },
          { name: "revocation_endpoint", uri: "https://mtls.example/revoke" },
        ],
      });
      const origin = "https://login.example:8443";
      const { engine } = await place.start({ TICKETGATE_ORIGIN: origin });
      expect(await settings(engine)).toMatchObject({
        issuer: origin,
        tokenEndpoint: `${origin}/oauth/token`,
        jwksUri: `${origin}/oauth/jwks`,
        policyUri: "https://elsewhere.example/policy",
        tosUri: origin,
        description: `${ORIGIN}.example`,
        mtlsEndpointAliases: [
          { name: "token_endpoint", uri: `${origin}/mtls/token` },
          { name: "revocation_endpoint", uri: "https://mtls.example/revoke" },
        ],
        jwks: before.jwks,
        apiSecret: before.apiSecret,
      });
    });

    it("has an issuer again if an update took it away", async () => {
      const first = await place.start();
      await first.engine["service/update"]({ ...(await settings(first.engine)), issuer: undefined });
      const { engine } = await place.start();
      expect(await settings(engine)).toMatchObject({
        issuer: ORIGIN,
        tokenEndpoint: `${ORIGIN}/oauth/token`,
      });
    });

    it("loses no setting that changes while another instance starts under another origin", async () => {
      const { engine } = await place.start();
      const before = await settings(engine);
      const update = async () => {
        for (let seconds = 1; seconds <= 10; seconds += 1) {
          const current = await settings(engine);
          await engine["service/update"]({ ...current, attributes: [{ key: "n", value: String(seconds) }] });
        }
      };
      await Promise.all([update(), place.start({ TICKETGATE_ORIGIN: "https://other.example" })]);
      const after = await settings(engine);
      expect(after).toMatchObject({ attributes: [{ key: "n", value: "10" }], apiSecret: before.apiSecret });
    });

    it("has the clients as they are configured now", async () => {
      await place.start();
      const secret = secretOf("another");
      const { engine } = await place.start({ TICKETGATE_BACKEND_CLIENT_SECRET: secret });
      expect(await signIn(engine, configured.backend)).toMatchObject({ action: "INVALID_CLIENT" });
      expect(await signIn(engine, { id: configured.backend.id, secret })).toMatchObject({
        action: "PASSWORD",
      });
    });

    it("keeps a client locked that was locked", async () => {
      const { engine } = await place.start();
      const lock = (clientLocked: boolean) =>
        engine["client/lock_flag/update"]({ clientIdentifier: configured.backend.id, clientLocked });
      await lock(true);
      const second = await place.start({ TICKETGATE_BACKEND_CLIENT_SECRET: secretOf("another") });
      const locked = { id: configured.backend.id, secret: secretOf("another") };
      expect(await signIn(second.engine, locked)).not.toMatchObject({ action: "PASSWORD" });
      expect(await signIn(second.engine, configured.own)).toMatchObject({ action: "PASSWORD" });
      await lock(false);
      const third = await place.start();
      expect(await signIn(third.engine, configured.backend)).toMatchObject({ action: "PASSWORD" });
    });

    it("has taken away a back end that is not configured any more, and its tokens", async () => {
      const { engine } = await place.start();
      const own = await issuedTokens(engine, { client: configured.own });
      const lost = await issuedTokens(engine, { client: configured.backend });
      const second = await place.start(withoutBackend);
      expect(await clientIds(second.engine)).toEqual([1001]);
      for (const reached of [engine, second.engine]) {
        const introspect = (token: string) => reached["auth/introspection"]({ token });
        expect(await introspect(lost.accessToken)).toMatchObject({ action: "UNAUTHORIZED" });
        expect(await introspect(own.accessToken)).toMatchObject({ action: "OK" });
        expect(await signIn(reached, configured.backend)).toMatchObject({ action: "INVALID_CLIENT" });
      }
      const { totalCount } = await second.engine["auth/token/get/list"]({});
      expect(totalCount).toBe(1);
    });

    it("takes it away whatever an update has made of it", async () => {
      const { engine } = await place.start();
      await engine["client/update"]({ clientId: configured.backend.id, clientName: "Mine", developer: "me" });
      const second = await place.start(withoutBackend);
      expect(await clientIds(second.engine)).toEqual([1001]);
    });

    it("keeps clients that were made through the API, whoever developed them", async () => {
      const { engine } = await place.start();
      const { clientId } = await engine["client/create"]({ developer: "john" });
      const second = await place.start(withoutBackend);
      expect(await clientIds(second.engine)).toEqual([1001, clientId]);
    });

    it("takes away one that is configured under another number now", async () => {
      await place.start();
      const { engine } = await place.start({ TICKETGATE_BACKEND_CLIENT_ID: "2002" });
      expect(await clientIds(engine)).toEqual([1001, 2002]);
    });
  });

  describe("with keys of an age", () => {
    it("publishes their successors at a start, and signs with them a publication later", async () => {
      const first = await place.start(PUBLISHED_A_DAY);
      const before = await keysOf(first.engine, true);
      place.clock.advance(10 * DAY_SECONDS * 1000 - 1);
      await place.start(PUBLISHED_A_DAY);
      expect(await keysOf(first.engine)).toHaveLength(4);
      place.clock.advance(1);
      await Promise.all(Array.from({ length: 4 }, () => place.start(PUBLISHED_A_DAY)));
      expect(await keysOf(first.engine)).toHaveLength(8);
      const signing = async () => (await keysOf(first.engine, true)).filter(({ d }) => d !== undefined);
      expect(kids(await signing())).toEqual(kids(before));
      place.clock.advance(DAY_SECONDS * 1000);
      await place.start(PUBLISHED_A_DAY);
      const after = await signing();
      expect(after).toHaveLength(4);
      expect(kids(after)).not.toEqual(kids(before));
      expect(place.lines).toEqual([]);
    });

    it("leaves keys alone that an operator has put in their place", async () => {
      const first = await place.start();
      const keys = await keysOf(first.engine, true);
      const own = keys.map((key) => ({ ...key, kid: `own-${key.kid}` }));
      const before = await settings(first.engine);
      await first.engine["service/update"]({ ...before, jwks: JSON.stringify({ keys: own }) });
      place.clock.advance(1000 * DAY_SECONDS * 1000);
      await place.start();
      const { engine } = await place.start();
      expect(kids(await keysOf(engine, true))).toEqual(kids(own));
      expect(await place.store.engine.read.listSigningKeys(SERVICE_ID)).toEqual([]);
    });

    it("adopts them where a start before was broken off", async () => {
      const { engine } = await place.start();
      const { apiSecret: _, ...unfinished } = await settings(engine);
      await place.store.upsertService(SERVICE_ID, unfinished);
      await place.store.engine.write(async (writer) => {
        for (const key of await writer.listSigningKeys(SERVICE_ID)) await writer.deleteSigningKey(key);
      });
      const second = await place.start();
      expect(await place.store.engine.read.listSigningKeys(SERVICE_ID)).toHaveLength(4);
      expect(await settings(second.engine)).toHaveProperty("apiSecret");
    });
  });
});
