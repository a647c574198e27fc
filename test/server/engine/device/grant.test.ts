import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { basic, form, issued, SERVICE_ID, summary, type TestEngine } from "../../../support/engine.ts";
import { authorize, device, freshCodes, openDeviceEngine, yes } from "./device-flow.ts";

let test: TestEngine;
beforeEach(async () => {
  test = await openDeviceEngine();
});
afterEach(() => test.close());

const complete = (userCode: string, request: Record<string, unknown> = yes) =>
  test.engine["device/complete"]({ userCode, ...request } as never);

const redeem = async (deviceCode: string) => {
  const grant_type = "urn:ietf:params:oauth:grant-type:device_code";
  const parameters = form({ grant_type, device_code: deviceCode });
  return issued(await test.engine["auth/token"]({ parameters, ...basic(device) }));
};

const findGrant = (grantId: string) => test.store.engine.read.findGrant(SERVICE_ID, grantId);
const grantedScopes = () => test.store.engine.read.findGrantedScopes(SERVICE_ID, Number(device.id), "alice");

async function createdGrant(): Promise<string> {
  const { deviceCode, userCode } = await freshCodes(test, {
    scope: "openid",
    grant_management_action: "create",
  });
  await complete(userCode);
  const { grantId } = await redeem(deviceCode);
  if (grantId === undefined) throw new Error("no grant");
  return grantId;
}

describe("the yes of a user", () => {
  it("is remembered as scopes that the client was granted", async () => {
    const first = await freshCodes(test, { scope: "openid profile" });
    await complete(first.userCode);
    const second = await freshCodes(test, { scope: "openid email" });
    await complete(second.userCode);
    expect(await grantedScopes()).toMatchObject({
      latest: ["openid", "email"],
      merged: ["openid", "profile", "email"],
    });
  });

  it("is remembered no sooner, and no refusal is", async () => {
    const { userCode } = await freshCodes(test);
    await complete(userCode, { ...yes, subject: "" });
    await complete(userCode, { result: "ACCESS_DENIED" });
    await complete(userCode);
    expect(await grantedScopes()).toBeUndefined();
  });
});

describe("a grant that the client can refer to", () => {
  it("is created by the decision", async () => {
    const answer = await authorize(test, { scope: "openid", grant_management_action: "create" });
    expect(answer).toMatchObject({ gmAction: "CREATE" });
    for (const name of ["grantId", "grant", "grantSubject"]) expect(answer).not.toHaveProperty(name);
    const grantId = await createdGrant();
    expect(await findGrant(grantId)).toMatchObject({
      clientId: 3000,
      subject: "alice",
      grant: { scopes: [{ scope: "openid" }] },
    });
  });

  it("is extended by the decision of its subject, and of nobody else", async () => {
    const grantId = await createdGrant();
    const merge = { scope: "profile", grant_management_action: "merge", grant_id: grantId };
    const { deviceCode, userCode } = await freshCodes(test, merge);
    expect(await test.engine["device/verification"]({ userCode })).toMatchObject({
      action: "VALID",
      gmAction: "MERGE",
      grantId,
      grant: { scopes: [{ scope: "openid" }] },
      grantSubject: "alice",
    });
    expect(await complete(userCode, { ...yes, subject: "bob" })).toMatchObject({
      action: "INVALID_REQUEST",
      resultCode: "A042205",
    });
    expect((await findGrant(grantId))?.grant).toEqual({ scopes: [{ scope: "openid" }] });
    expect(await complete(userCode)).toMatchObject({ action: "SUCCESS" });
    expect(await redeem(deviceCode)).toMatchObject({ grantId });
    expect((await findGrant(grantId))?.grant).toEqual({ scopes: [{ scope: "openid profile" }] });
  });

  it.each([
    ["A284302", { grant_management_action: "query" }],
    ["A284305", { grant_management_action: "merge" }],
    ["A284306", { grant_id: "x" }],
    ["A284307", { grant_management_action: "merge", grant_id: "unknown" }],
  ])("is refused as %s: %j", async (code, parameters) => {
    expect(summary(await authorize(test, { scope: "openid", ...parameters }))).toMatchObject({ code });
    expect(test.artifacts()).toBe(0);
  });

  it("has to be named where the service demands that", async () => {
    await test.setService({ grantManagementActionRequired: true });
    expect(summary(await authorize(test))).toMatchObject({ code: "A284303" });
    expect(await authorize(test, { scope: "openid", grant_management_action: "create" })).toMatchObject({
      action: "OK",
    });
  });
});
