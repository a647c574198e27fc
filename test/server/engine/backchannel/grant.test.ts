import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { contentOf, SERVICE_ID, type TestEngine } from "../../../support/engine.ts";
import {
  authenticate,
  issuedTicket,
  openBackchannelEngine,
  ping,
  poll,
  push,
  yes,
} from "./backchannel-flow.ts";

let test: TestEngine;
beforeEach(async () => {
  test = await openBackchannelEngine();
});
afterEach(() => test.close());

const parameters = { grant_management_action: "create" };
const complete = (request: Record<string, unknown>) =>
  test.engine["backchannel/authentication/complete"](request as never);
const read = () => test.store.engine.read;

describe("a grant that the client can refer to", () => {
  it.each([poll, ping, push])("is created by the decision for %j", async (client) => {
    expect(await authenticate(test, { client, parameters })).toMatchObject({ gmAction: "CREATE" });
    const { ticket } = await issuedTicket(test, { client, parameters });
    const { grantId } = (await complete({ ticket, ...yes })) as { grantId?: string };
    expect(await read().findGrant(SERVICE_ID, grantId ?? "")).toMatchObject({
      clientId: Number(client.id),
      subject: "alice",
      grant: { scopes: [{ scope: "openid profile" }] },
    });
    expect(await read().findGrantedScopes(SERVICE_ID, Number(client.id), "alice")).toMatchObject({
      latest: ["openid", "profile"],
    });
  });

  it("goes out with the tokens that are pushed", async () => {
    const { ticket } = await issuedTicket(test, { client: push, parameters });
    const answer = await complete({ ticket, ...yes });
    const { grantId } = answer as { grantId?: string };
    expect(grantId).toEqual(expect.any(String));
    expect(JSON.parse(contentOf(answer)).grant_id).toBe(grantId);
  });

  it("is changed by nobody whose it is not: the transaction fails", async () => {
    const first = await issuedTicket(test, { client: push, parameters });
    const { grantId = "" } = (await complete({ ticket: first.ticket, ...yes })) as { grantId?: string };
    const before = await read().findGrant(SERVICE_ID, grantId);
    const merge = { grant_management_action: "merge", grant_id: grantId, scope: "openid email" };
    expect(await authenticate(test, { client: push, parameters: merge })).toMatchObject({
      gmAction: "MERGE",
      grantId,
      grantSubject: "alice",
    });
    const second = await issuedTicket(test, { client: push, parameters: merge });
    const issued = test.issued();
    const refused = await complete({ ticket: second.ticket, ...yes, subject: "bob" });
    expect(refused).toMatchObject({ action: "NOTIFICATION", resultCode: "A042205" });
    expect(JSON.parse(contentOf(refused)).error).toBe("transaction_failed");
    expect(test.issued()).toBe(issued);
    expect(await read().findGrant(SERVICE_ID, grantId)).toEqual(before);
    expect(await read().findGrantedScopes(SERVICE_ID, Number(push.id), "bob")).toBeUndefined();
  });
});
