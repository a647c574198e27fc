import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { DecisionOutcome } from "../../../../src/server/engine/device/device-grant.ts";
import { issued, jwtParts, oauthError, summary, type TestEngine } from "../../../support/engine.ts";
import {
  ask,
  freshAuthReqId,
  freshDeviceCode,
  grantOf,
  isAlive,
  openGrantEngine,
  other,
  refreshWith,
  web,
} from "../../../support/grants.ts";

let test: TestEngine;
beforeEach(async () => {
  test = await openGrantEngine();
});
afterEach(() => test.close());

const error = (code: string, name: string) => ({ action: "BAD_REQUEST", code, error: name });
const fault = (code: string) => ({ action: "INTERNAL_SERVER_ERROR", code, error: "server_error" });
const yes = (change: Parameters<typeof grantOf>[0] = {}): DecisionOutcome => ({
  result: "AUTHORIZED",
  grant: grantOf(change),
});

type Change = { document?: object; artifact?: { expiresAt?: number; serviceId?: string } };

/** The device grant and CIBA: the same rules under other names. */
const kinds = {
  device_code: {
    grantType: "DEVICE_CODE",
    value: "urn:ietf:params:oauth:grant-type:device_code",
    family: "A242",
    tooFast: "A901302",
    codes: {
      unknown: "04",
      foreign: "05",
      expired: "06",
      pending: "07",
      unsigned: "08",
      outrun: "09",
    },
    fresh: (outcome?: DecisionOutcome, change?: Change) => freshDeviceCode(test, outcome, change),
  },
  auth_req_id: {
    grantType: "CIBA",
    value: "urn:openid:params:grant-type:ciba",
    family: "A200",
    tooFast: "A901303",
    codes: {
      unknown: "04",
      foreign: "05",
      expired: "07",
      pending: "08",
      unsigned: "09",
      outrun: "10",
    },
    fresh: (outcome?: DecisionOutcome, change?: Change) => freshAuthReqId(test, outcome, change),
  },
} as const;

describe.each(Object.entries(kinds))(
  "%s",
  (parameter, { grantType, value, family, tooFast, codes, fresh }) => {
    type Call = Parameters<typeof ask>[2];
    const poll = (code: string, call: Call = {}) => ask(test, { grant_type: value, [parameter]: code }, call);
    const code = (name: keyof typeof codes) => `${family}3${codes[name]}`;
    const refused = async (handle: string, call: Call = {}) => summary(await poll(handle, call));

    it("yields tokens once the user has said yes", async () => {
      const handle = await fresh(
        yes({ acr: "high", authTime: 1_893_000_000, idToken: { claims: '{"name":"Alice","plan":"pro"}' } }),
      );
      const answer = issued(await poll(handle));
      expect(answer).toMatchObject({
        resultCode: `${family}002`,
        grantType,
        clientAuthMethod: "CLIENT_SECRET_BASIC",
        subject: "alice",
        scopes: ["openid", "profile"],
        refreshToken: expect.any(String),
      });
      expect(jwtParts(String(answer.idToken)).payload).toMatchObject({
        sub: "alice",
        aud: [web.id],
        acr: "high",
        auth_time: 1_893_000_000,
        name: "Alice",
        plan: "pro",
      });
      expect(JSON.parse(answer.responseContent)).toMatchObject({
        access_token: answer.accessToken,
        id_token: answer.idToken,
      });
      expect((await refreshWith(test, answer.refreshToken)).action).toBe("OK");
    });

    it("puts all claims in that the decision gave: nothing could ask for them", async () => {
      const handle = await fresh(
        yes({ scopes: ["openid"], idToken: { claims: '{"email":"a@example.com"}' } }),
      );
      expect(jwtParts(String(issued(await poll(handle)).idToken)).payload.email).toBe("a@example.com");
    });

    it("works once; what it yielded stays", async () => {
      const handle = await fresh(yes());
      const answer = issued(await poll(handle));
      expect(await refused(handle)).toEqual(error(code("unknown"), "invalid_grant"));
      expect(await isAlive(test, answer.accessToken)).toBe(true);
    });

    it.each<[string, Call, object]>([
      ["missing", { parameters: { [parameter]: [] } }, error(`${family}301`, "invalid_request")],
      ["empty", { parameters: { [parameter]: "" } }, error(`${family}302`, "invalid_request")],
      ["given twice", { parameters: { [parameter]: ["a", "b"] } }, error(`${family}303`, "invalid_request")],
      ["unknown", { parameters: { [parameter]: "unknown" } }, error(`${family}304`, "invalid_grant")],
      ["another client's", { client: other }, error(`${family}305`, "invalid_grant")],
      ["for a resource that is none", { parameters: { resource: "x" } }, error("A251307", "invalid_target")],
      [
        "with properties that are too big",
        { properties: [{ key: "a", value: "x".repeat(50_000) }] },
        fault(`${family}201`),
      ],
    ])("is refused when it is %s, and is as good as before", async (_, call, expected) => {
      const handle = await fresh(yes());
      const before = [test.issued(), test.artifacts()];
      expect(await refused(handle, call)).toEqual(expected);
      expect([test.issued(), test.artifacts()]).toEqual(before);
      expect((await poll(handle)).action).toBe("OK");
    });

    it("is refused when it has expired, whatever was decided", async () => {
      const expired = error(code("expired"), "expired_token");
      for (const outcome of [undefined, yes()]) {
        const handle = await fresh(outcome, { artifact: { expiresAt: test.clock() } });
        expect(await refused(handle)).toEqual(expired);
      }
      expect(test.issued()).toBe(0);
      const handle = await fresh(yes(), { artifact: { expiresAt: test.clock() + 1 } });
      expect((await poll(handle)).action).toBe("OK");
    });

    it("of another service is unknown", async () => {
      const handle = await fresh(yes(), { artifact: { serviceId: "1002" } });
      expect(await refused(handle)).toEqual(error(code("unknown"), "invalid_grant"));
    });

    it("waits, and slows down those who do not", async () => {
      const handle = await fresh();
      const pending = error(code("pending"), "authorization_pending");
      const slow = error(tooFast, "slow_down");
      expect(await refused(handle)).toEqual(pending);
      test.clock.advance(5000);
      expect(await refused(handle)).toEqual(pending);
      test.clock.advance(4999);
      expect(await refused(handle)).toEqual(slow);
      // From here on the interval is ten seconds.
      test.clock.advance(9999);
      expect(await refused(handle)).toEqual(slow);
      // And now fifteen.
      test.clock.advance(15_000);
      expect(await refused(handle)).toEqual(pending);
      test.clock.advance(14_999);
      expect(await refused(handle)).toEqual(slow);
      expect(test.issued()).toBe(0);
    });

    it("does not make a decision wait", async () => {
      const handle = await fresh(yes(), { document: { nextPollAt: test.clock() + 5000 } });
      expect((await poll(handle)).action).toBe("OK");
    });

    it.each([
      ["ACCESS_DENIED", "access_denied"],
      ["TRANSACTION_FAILED", "expired_token"],
    ] as const)("tells of %s as %s, every time", async (result, name) => {
      const handle = await fresh({ result });
      for (let time = 0; time < 2; time += 1) {
        expect(await refused(handle)).toEqual(error(`${family}001`, name));
      }
      expect(test.issued()).toBe(0);
    });

    it("tells of a refusal in the words of the decision", async () => {
      const outcome = {
        result: "ACCESS_DENIED",
        errorDescription: "Not today.",
        errorUri: "https://x.example/",
      } as const;
      expect(oauthError(await poll(await fresh(outcome)))).toEqual({
        error: "access_denied",
        error_description: "Not today.",
        error_uri: "https://x.example/",
      });
      await test.setService({ errorDescriptionOmitted: true, errorUriOmitted: true });
      expect(oauthError(await poll(await fresh(outcome)))).toEqual({ error: "access_denied" });
    });

    it("survives tokens that cannot be made", async () => {
      const handle = await fresh(yes());
      await test.setClient(web.id, { idTokenSignAlg: "NONE" });
      expect(await refused(handle)).toEqual(error(code("unsigned"), "invalid_request"));
      await test.setClient(web.id, { idTokenSignAlg: "ES512" });
      expect(await refused(handle)).toEqual(fault(`${family}102`));
      await test.setClient(web.id, { idTokenSignAlg: undefined });
      await test.setService({ accessTokenSignAlg: "ES512" });
      expect(await refused(handle)).toEqual(fault(`${family}202`));
      await test.setService({ accessTokenSignAlg: undefined });
      const { accessToken } = issued(await poll(await fresh(yes())));
      expect(await refused(handle, { accessToken })).toEqual(fault(`${family}103`));
      expect((await poll(handle)).action).toBe("OK");
    });
  },
);

describe("auth_req_id", () => {
  it("of push mode leads to no tokens here", async () => {
    const authReqId = await freshAuthReqId(test, yes(), { document: { deliveryMode: "PUSH" } });
    const answer = await ask(test, { grant_type: kinds.auth_req_id.value, auth_req_id: authReqId });
    expect(summary(answer)).toEqual(error("A200306", "unauthorized_client"));
    expect(test.issued()).toBe(0);
  });

  it("of ping mode does", async () => {
    const authReqId = await freshAuthReqId(test, yes(), { document: { deliveryMode: "PING" } });
    const answer = await ask(test, { grant_type: kinds.auth_req_id.value, auth_req_id: authReqId });
    expect(answer.action).toBe("OK");
  });
});
