import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { anyText } from "../../../support/any-text.ts";
import { basic, form, type TestEngine } from "../../../support/engine.ts";
import {
  ask,
  freshAuthReqId,
  freshCode,
  freshDeviceCode,
  grantOf,
  openGrantEngine,
  redeem,
  web,
} from "../../../support/grants.ts";

let test: TestEngine;
beforeAll(async () => {
  test = await openGrantEngine({ service: { nativeSsoSupported: true } });
});
afterAll(() => test.close());

const decided = () => ({ result: "AUTHORIZED" as const, grant: grantOf() });
const urn = "urn:ietf:params:oauth:grant-type";

/** Every grant type, with the parameter that holds what it turns into tokens. */
const grants = [
  ["authorization_code", "code", () => freshCode(test)],
  [`${urn}:device_code`, "device_code", () => freshDeviceCode(test, decided())],
  ["urn:openid:params:grant-type:ciba", "auth_req_id", () => freshAuthReqId(test, decided())],
  [`${urn}:token-exchange`, "subject_token", async () => "token"],
  [`${urn}:jwt-bearer`, "assertion", async () => "assertion"],
] as const;

const names = [
  ...["code", "redirect_uri", "code_verifier", "device_secret", "device_code", "auth_req_id", "assertion"],
  ...["subject_token", "subject_token_type", "actor_token", "actor_token_type", "requested_token_type"],
  ...["audience", "resource", "scope", "authorization_details"],
];
const values = fc.oneof(
  anyText({ maxLength: 40 }),
  fc.json(),
  fc.constantFrom(
    ...["access_token", "id_token", "jwt", "saml2"].map((name) => `urn:ietf:params:oauth:token-type:${name}`),
    "urn:openid:params:token-type:device-secret",
    "https://web.example/callback",
    "eyJhbGciOiJub25lIn0.e30.",
  ),
);
const parameters = fc.dictionary(
  fc.constantFrom(...names),
  fc.oneof(values, fc.array(values, { maxLength: 2 })),
);

describe.each(grants)("whatever a request of %s says", (grant_type, parameter, fresh) => {
  it("it gets an answer of the contract, and a refusal spends nothing", async () => {
    await fc.assert(
      fc.asyncProperty(parameters, fc.boolean(), async (given, keepsHandle) => {
        const handle = await fresh();
        const before = [test.issued(), test.artifacts()];
        const call = { parameters: keepsHandle ? { ...given, [parameter]: handle } : given };
        const answer = await ask(test, { grant_type, [parameter]: handle }, call);
        const refusals = ["BAD_REQUEST", "TOKEN_EXCHANGE", "JWT_BEARER"];
        if (refusals.includes(answer.action)) expect([test.issued(), test.artifacts()]).toEqual(before);
        else expect(["OK", "NATIVE_SSO"]).toContain(answer.action);
      }),
      { numRuns: 60 },
    );
  }, 30_000);
});

describe("whatever the members of a call are", () => {
  it("a code is redeemed, or is as good as before", async () => {
    const members = [
      "properties",
      "accessToken",
      "accessTokenDuration",
      "refreshTokenDuration",
      "jwtAtClaims",
      "htm",
    ];
    const anything = fc.oneof(fc.anything(), anyText(), fc.jsonValue());
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.constantFrom(...members), anything), async (given) => {
        const code = await freshCode(test);
        const answer = await redeem(test, code, given as never);
        if (answer.action !== "OK") expect((await redeem(test, code)).action).toBe("OK");
      }),
      { numRuns: 100 },
    );
  }, 30_000);

  it("idtoken/reissue and nativesso answer", async () => {
    const members = [
      "accessToken",
      "refreshToken",
      "sub",
      "claims",
      "idtHeaderParams",
      "idTokenAudType",
      "deviceSecret",
    ];
    const anything = fc.oneof(fc.anything(), anyText(), fc.json());
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.constantFrom(...members), anything), async (given) => {
        for (const name of ["idtoken/reissue", "nativesso", "nativesso/logout"] as const) {
          const answer = await test.engine[name]({ ...given, sessionId: given.sub } as never);
          expect(["OK", "CALLER_ERROR"]).toContain(answer.action);
        }
      }),
      { numRuns: 100 },
    );
  }, 30_000);

  it("repeated client parameters are one client's at most", async () => {
    const body = form({
      grant_type: "authorization_code",
      code: await freshCode(test),
      client_id: [web.id, "4001"],
    });
    const answer = await test.engine["auth/token"]({ parameters: body, ...basic(web) });
    expect(answer).toMatchObject({ action: "BAD_REQUEST", resultCode: "A048303" });
  });
});
