import { describe, expect, it } from "vitest";
import { EngineRefusedCall, EngineUnavailable } from "../../../../src/server/authlete/error.ts";
import { grantedBefore, needsConsent } from "../../../../src/server/flow/authorization/consent.ts";
import type { RequestDocument } from "../../../../src/server/flow/authorization/request-document.ts";
import { scriptedPorts } from "../../../support/spec-ports.ts";
import { request } from "./documents.ts";

const all = new Set(["openid", "profile"]);
const detail = { type: "payment_initiation" };
const { ports } = scriptedPorts({});

function asks(
  changes: Partial<RequestDocument>,
  granted: ReadonlySet<string> | undefined = all,
  ours = false,
) {
  const settings = { ...ports.settings, firstPartyClients: new Set(ours ? ["5001"] : []) };
  return needsConsent({ settings }, request(changes), granted);
}

const stranger = { id: "5001", name: "App", assured: false };

describe("whether a person has to be asked", () => {
  it("is no when all of it was granted before, to a client that nobody passes for", () => {
    expect(asks({})).toBe(false);
    expect(asks({ namedClaims: ["name", "family_name#ja", "auth_time", "acr"] })).toBe(false);
    expect(asks({ dynamicScopes: ["pay:1"] }, new Set([...all, "pay:1"]))).toBe(false);
  });

  it.each<[string, Partial<RequestDocument>]>([
    ["the client wants it so", { prompts: ["CONSENT"] }],
    ["a scope is new", { scopes: [{ name: "openid" }, { name: "email" }] }],
    ["a scope with a value is new", { dynamicScopes: ["pay:1"] }],
    ["a claim is named that no granted scope stands for", { namedClaims: ["birthdate", "email"] }],
    ["somebody else might pass for the client", { client: stranger }],
    ["there are details", { details: [detail] }],
    ["the access is for somewhere that nobody was told of", { resources: ["https://rs.example/"] }],
    ["a grant is to be changed", { changesGrant: true }],
  ])("is yes when %s, though the rest was granted before", (_, changes) => {
    expect(asks(changes)).toBe(true);
  });

  it("is yes when nothing was ever granted, even if nothing is asked for", () => {
    expect(needsConsent(ports, request(), undefined)).toBe(true);
    expect(needsConsent(ports, request({ scopes: [] }), undefined)).toBe(true);
    expect(asks({ scopes: [] })).toBe(false);
  });

  it("is no for an application of our own, unless it wants that itself", () => {
    const everything = { details: [detail], client: stranger, namedClaims: ["birthdate"] };
    expect(asks(everything, new Set(), true)).toBe(false);
    expect(asks({ ...everything, prompts: ["CONSENT"] }, new Set(), true)).toBe(true);
  });
});

describe("what was granted before", () => {
  const answering = (answer: () => Record<string, unknown>) =>
    scriptedPorts({ script: { "client/granted_scopes/get": answer as never } }).ports;

  it("is everything ever granted, and not the last time only", async () => {
    const answer = {
      latestGrantedScopes: ["openid"],
      mergedGrantedScopes: ["openid", "email"],
      modifiedAt: 1,
    };
    expect(
      await grantedBefore(
        answering(() => answer),
        request(),
        "usr_1",
      ),
    ).toEqual(new Set(["openid", "email"]));
  });

  it("is something when a grant had no scope, and nothing when there was none", async () => {
    expect(
      await grantedBefore(
        answering(() => ({ modifiedAt: 1 })),
        request(),
        "usr_1",
      ),
    ).toEqual(new Set());
    expect(
      await grantedBefore(
        answering(() => ({})),
        request(),
        "usr_1",
      ),
    ).toBeUndefined();
  });

  it("is nothing where the engine does not keep it, and a failure where it cannot be asked", async () => {
    const failing = (error: Error) =>
      answering(() => {
        throw error;
      });
    const refused = new EngineRefusedCall("client/granted_scopes/get", 403, "A001223");
    expect(await grantedBefore(failing(refused), request(), "usr_1")).toBeUndefined();
    const away = new EngineUnavailable("client/granted_scopes/get", "no answer", { outcomeUnknown: false });
    await expect(grantedBefore(failing(away), request(), "usr_1")).rejects.toBe(away);
  });
});
