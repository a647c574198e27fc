import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { unsigned } from "../../../support/jwt.ts";
import {
  issue,
  openAuthorizationEngine,
  PHONE_URI,
  phone,
  query,
  queryOf,
  REDIRECT_URI,
  redirect,
  site,
  type TestEngine,
  ticketFor,
} from "./authorization-flow.ts";

let test: TestEngine;
beforeAll(async () => {
  test = await openAuthorizationEngine({
    traditionalRequestObjectProcessingApplied: true,
    loopbackRedirectionUriVariable: true,
    supportedAcrs: ["a"],
    supportedAuthorizationDetailsTypes: ["payment"],
    supportedScopes: [{ name: "openid" }, { name: "pay", attributes: [{ key: "regex", value: "pay:.*" }] }],
  });
  await test.setClient(site.id, {
    authorizationSignAlg: "ES256",
    redirectUris: [REDIRECT_URI, "http://localhost/cb"],
  });
});
afterAll(() => test.close());

const names = [
  ..."response_type client_id redirect_uri scope state nonce response_mode display prompt max_age".split(" "),
  ..."ui_locales claims_locales id_token_hint login_hint acr_values claims registration purpose".split(" "),
  ..."request request_uri resource authorization_details code_challenge code_challenge_method".split(" "),
  ..."dpop_jkt grant_id grant_management_action unknown __proto__".split(" "),
];

const odd = fc.constantFrom(
  ...[
    "code",
    "token",
    "none",
    "openid",
    "login",
    "0",
    "-1",
    "{}",
    "[]",
    "null",
    "%00",
    "%zz",
    "\0",
    "\ud800",
  ],
  ...[
    "pay:\u2028",
    "[[[[",
    '{"id_token":{"acr":{"value":"a"}}}',
    '[{"type":"payment"}]',
    "query.jwt",
    "form_post",
  ],
  ...[
    "http://localhost:1/cb",
    "javascript:alert(1)",
    "//evil.example",
    "https://evil.example",
    PHONE_URI,
    REDIRECT_URI,
  ],
  ...[site.id, phone.id, "urn:ietf:params:oauth:request_uri:x", "a".repeat(300)],
);
const value = fc.oneof(
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 60 }) },
  { weight: 2, arbitrary: odd },
);
const changes = fc.dictionary(fc.constantFrom(...names), fc.oneof(value, fc.array(value, { maxLength: 2 })), {
  maxKeys: 6,
});

/** An answer goes to an address that the client has registered, or to nobody. */
function expectNoOpenRedirect(answer: object): void {
  const { action, responseContent } = answer as Record<string, string>;
  expect(["INTERACTION", "NO_INTERACTION", "LOCATION", "FORM", "BAD_REQUEST"]).toContain(action);
  if (action === "BAD_REQUEST") expect(JSON.parse(responseContent ?? "")).toHaveProperty("error");
  const allowed = [REDIRECT_URI, PHONE_URI, "http://localhost"];
  if (action === "LOCATION") {
    expect(allowed.some((uri) => responseContent?.startsWith(uri))).toBe(true);
    expect(responseContent).toMatch(/^[\x21-\x7e]+$/);
    expect(["client.example", "localhost", ""]).toContain(new URL(responseContent ?? "").hostname);
  }
  if (action === "FORM") {
    const target = /<form method="post" action="([^"]*)">/
      .exec(responseContent ?? "")?.[1]
      ?.replaceAll("&#61;", "=");
    expect(allowed.some((uri) => target?.startsWith(uri))).toBe(true);
    expect(responseContent?.match(/<script/g)).toHaveLength(1);
  }
}

describe("whatever the request is", () => {
  it("any bytes get an answer of the contract, and nobody is sent to an address that is not registered", async () => {
    const bytes = fc.oneof(fc.string({ unit: "binary", maxLength: 300 }), fc.webQueryParameters());
    await fc.assert(
      fc.asyncProperty(bytes, async (parameters) => {
        expectNoOpenRedirect(await test.engine["auth/authorization"]({ parameters }));
      }),
      { numRuns: 300 },
    );
  });

  it("so do the parameters of a good request with any changes", async () => {
    await fc.assert(
      fc.asyncProperty(changes, fc.boolean(), async (change, isPhone) => {
        const own = isPhone ? { client_id: phone.id, redirect_uri: PHONE_URI } : {};
        const parameters = query({ ...own, ...(change as Record<string, string>) });
        expectNoOpenRedirect(await test.engine["auth/authorization"]({ parameters }));
      }),
      { numRuns: 1000 },
    );
  });

  it("and so do request objects of any members", async () => {
    const members = fc.dictionary(
      fc.oneof(fc.constantFrom(...names, "iss", "aud", "exp", "nbf", "iat"), fc.string()),
      fc.oneof(fc.jsonValue({ maxDepth: 4 }), odd),
      { maxKeys: 8 },
    );
    await fc.assert(
      fc.asyncProperty(members, fc.boolean(), async (payload, isAlone) => {
        const request = unsigned({ alg: "none" }, payload);
        const parameters = isAlone ? queryOf({ client_id: site.id, request }) : query({ request });
        expectNoOpenRedirect(await test.engine["auth/authorization"]({ parameters }));
      }),
      { numRuns: 500 },
    );
  });

  it("what is nested deep is refused in time", async () => {
    const deep = "[".repeat(15_000) + "]".repeat(15_000);
    const object = `${'{"a":'.repeat(8_000)}1${"}".repeat(8_000)}`;
    for (const change of [
      { authorization_details: deep },
      { authorization_details: `[{"type":"payment","x":${deep}}]` },
      { claims: `{"userinfo":{"x":${object}}}` },
      { request: unsigned({ alg: "none" }, `{"claims":${object}}`) },
      { request: unsigned(deep, "{}") },
    ]) {
      expectNoOpenRedirect(await test.engine["auth/authorization"]({ parameters: query(change) }));
    }
  });
});

describe("state", () => {
  const text = fc.string({ unit: "grapheme", minLength: 1, maxLength: 400 });

  it("comes back exactly, by query, fragment and form, with any characters", async () => {
    await fc.assert(
      fc.asyncProperty(text, fc.constantFrom("query", "fragment"), async (state, mode) => {
        const given = new URLSearchParams({ state }).get("state") ?? "";
        const ticket = await ticketFor(test, { state, response_mode: mode });
        const { parameters } = redirect(await issue(test, ticket));
        expect(parameters.state).toBe(given);
      }),
      { numRuns: 200 },
    );
  });

  it("is in a form what a browser makes of its escapes", async () => {
    const state = `\u2028"'&<>=\`\n\r\t\u{1f511}`;
    const answer = await issue(test, await ticketFor(test, { state, response_mode: "form_post" }));
    const field = /name="state" value="([^"]*)"/.exec(
      (answer as { responseContent: string }).responseContent,
    )?.[1];
    const decoded = field
      ?.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))
      .replace("&quot;", '"')
      .replace("&lt;", "<")
      .replace("&gt;", ">")
      .replace("&amp;", "&");
    expect(decoded).toBe(state);
  });
});

describe("whatever the call of the caller is", () => {
  const anything = fc.oneof(fc.anything(), fc.string({ unit: "binary" }), fc.jsonValue());
  const request = (members: readonly string[]) => fc.dictionary(fc.constantFrom(...members), anything);

  it("issue answers by the contract", async () => {
    const members = [
      ..."subject authTime acr claims properties scopes sub idtHeaderParams claimsForTx verifiedClaimsForTx".split(
        " ",
      ),
      ..."consentedClaims authorizationDetails jwtAtClaims accessTokenDuration sessionId idTokenAudType".split(
        " ",
      ),
    ];
    await fc.assert(
      fc.asyncProperty(request(members), async (call) => {
        const ticket = await ticketFor(test, { response_type: "code id_token token", scope: "openid" });
        const answer = await issue(test, ticket, call as never);
        expect(["LOCATION", "INTERNAL_SERVER_ERROR"]).toContain(answer.action);
      }),
      { numRuns: 200 },
    );
  });

  it("fail, ticket/info and ticket/update answer by the contract", async () => {
    await fc.assert(
      fc.asyncProperty(
        request(["ticket", "reason", "description", "info"]),
        fc.boolean(),
        async (call, isReal) => {
          const given = (
            isReal ? { ...call, ticket: await ticketFor(test, { scope: "openid" }) } : call
          ) as never;
          for (const name of ["ticket/info", "ticket/update", "fail"] as const) {
            const answer = await test.engine[`auth/authorization/${name}`](given);
            expect(answer.resultCode).toMatch(/^A\d{6}$/);
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});
