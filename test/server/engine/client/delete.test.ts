import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { hashOf } from "../../../../src/server/secret/hash.ts";
import {
  basic,
  clients,
  form,
  issuedTokens,
  openTestEngine,
  passwordTicket,
  SERVICE_ID,
  type TestEngine,
} from "../../../support/engine.ts";
import { expectNothingChanged, expectRefusedCall, unknownClient } from "../../../support/refused-call.ts";

const { firstParty, backend } = clients;

let test: TestEngine;
beforeEach(async () => {
  test = await openTestEngine();
});
afterEach(() => test.close());

const remove = (clientId: unknown) => test.engine["client/delete"]({ clientId: clientId as string });

describe("a client that is deleted", () => {
  it("is gone, and known to no operation", async () => {
    expect(await remove(firstParty.id)).toEqual({});
    await expectRefusedCall(remove(firstParty.id), unknownClient);
    await expectRefusedCall(test.engine["client/get"]({ clientId: firstParty.id }), unknownClient);
    const update = test.engine["client/update"]({ clientId: firstParty.id } as never);
    await expectRefusedCall(update, unknownClient);
    const answer = await test.engine["auth/token"]({
      parameters: form({ grant_type: "password", username: "a", password: "b" }),
      ...basic(firstParty),
    });
    expect(answer).toMatchObject({ action: "INVALID_CLIENT", resultCode: "A048304" });
  });

  it("takes everything along that is its own, and nothing of others", async () => {
    const { store } = test;
    const own = await issuedTokens(test.engine);
    const other = await issuedTokens(test.engine, { client: backend });
    const ticket = await passwordTicket(test.engine);
    const othersTicket = await passwordTicket(test.engine, {}, backend);
    const clientIds = [firstParty, backend].map(({ id }) => Number(id));
    const key = { serviceId: SERVICE_ID, subject: "alice" };
    await store.engine.write(async (writer) => {
      for (const clientId of clientIds) {
        const granted = { latest: ["a"], merged: ["a"], modifiedAt: 1 };
        await writer.upsertGrantedScopes({ ...key, clientId, ...granted });
        const grantId = `grant-${clientId}`;
        await writer.upsertGrant({ ...key, grantId, clientId, grant: {}, createdAt: 1, updatedAt: 1 });
        await writer.insertArtifact({
          kind: "used_jti",
          keyHash: `jti-${clientId}`,
          aliasHash: undefined,
          serviceId: SERVICE_ID,
          clientId,
          document: {},
          revision: 0,
          spentAt: undefined,
          createdAt: 1,
          expiresAt: test.clock() + 1000,
        });
      }
    });

    await remove(firstParty.id);
    const { read } = store.engine;
    const left = async (clientId: number, token: string, ticketValue: string) => [
      await read.findByAccessToken(SERVICE_ID, hashOf(token)),
      await read.findTicket(hashOf(ticketValue)),
      await read.findGrantedScopes(SERVICE_ID, clientId, "alice"),
      await read.findGrant(SERVICE_ID, `grant-${clientId}`),
      await read.findArtifact("used_jti", `jti-${clientId}`),
    ];
    expect(await left(2000, own.accessToken, ticket)).toEqual(Array(5).fill(undefined));
    expect(await left(2001, other.accessToken, othersTicket)).toEqual(Array(5).fill(expect.anything()));
    const introspect = (token: string) => test.engine["auth/introspection"]({ token });
    expect(await introspect(own.accessToken)).toMatchObject({ existent: false });
    expect(await introspect(other.accessToken)).toMatchObject({ usable: true });
  });

  it("is deleted once, however many delete it", async () => {
    const settled = await Promise.allSettled(Array.from({ length: 64 }, () => remove(firstParty.id)));
    expect(settled.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  it("frees its alias", async () => {
    const create = () => test.engine["client/create"]({ clientIdAlias: "shop" });
    const { clientId } = await create();
    await remove(String(clientId));
    await expect(create()).resolves.toMatchObject({ clientIdAlias: "shop" });
  });

  it.each([undefined, null, "", "999", "nobody", "\u0000"])("is none of the client %j", async (clientId) => {
    await expectNothingChanged(test, () => remove(clientId), unknownClient);
  });
});
