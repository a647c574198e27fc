import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { ClientAuthMethod } from "../../../../src/server/authlete/enumerations.ts";
import { anyText } from "../../../support/any-text.ts";
import { issueCertificate } from "../../../support/certificates.ts";
import { ASSERTION_TYPE } from "../../../support/client-assertion.ts";
import { form, openTestEngine, summary, type TestEngine } from "../../../support/engine.ts";
import { encoded, jwkSet, makeKeys } from "../../../support/jwt.ts";

const methods: ClientAuthMethod[] = [
  "CLIENT_SECRET_BASIC",
  "CLIENT_SECRET_POST",
  "CLIENT_SECRET_JWT",
  "PRIVATE_KEY_JWT",
  "TLS_CLIENT_AUTH",
  "SELF_SIGNED_TLS_CLIENT_AUTH",
  "ATTEST_JWT_CLIENT_AUTH",
];
const ID = "3000";
const { pem } = issueCertificate();

let test: TestEngine;
beforeAll(async () => {
  const service = { supportedTokenAuthMethods: undefined, mutualTlsValidatePkiCertChain: true };
  test = await openTestEngine({ service: { ...service, trustedRootCertificates: [pem] } });
});
afterAll(() => test.close());

/** A certificate in which some letters were changed: much of it can still be read. */
const brokenPem = fc
  .tuple(fc.nat(pem.length - 1), fc.base64String({ minLength: 1, maxLength: 8 }))
  .map(([at, letters]) => pem.slice(0, at) + letters + pem.slice(at + letters.length));

const claims = fc.record(
  {
    iss: fc.oneof(fc.constant(ID), fc.jsonValue()),
    sub: fc.oneof(fc.constant(ID), fc.jsonValue()),
    aud: fc.oneof(fc.constant("https://as.example"), fc.jsonValue()),
    exp: fc.oneof(fc.constant(Date.UTC(2030, 0, 1) / 1000 + 60), fc.jsonValue()),
    jti: fc.oneof(fc.constant("1"), fc.jsonValue()),
  },
  { requiredKeys: [] },
);

const header = fc.record({
  alg: fc.constantFrom("ES256", "HS256", "PS256", "none", "EdDSA"),
  kid: fc.jsonValue(),
});

const assertion = fc.oneof(
  anyText(),
  fc
    .tuple(header, claims, fc.base64String())
    .map(
      ([head, payload, signature]) =>
        `${encoded(head)}.${encoded(payload)}.${signature.replace(/[+/=]/g, "")}`,
    ),
);

const anything = fc.oneof(anyText(), fc.jsonValue(), brokenPem);

const call = fc.record(
  {
    clientId: fc.oneof(fc.constant(ID), anything),
    clientSecret: anything,
    clientCertificate: anything,
    clientCertificatePath: fc.oneof(fc.array(anything, { maxLength: 3 }), anything),
    oauthClientAttestation: anything,
  },
  { requiredKeys: [] },
);

it.each(methods)("%s: nobody passes who has only bytes", async (tokenAuthMethod) => {
  const keys = await makeKeys();
  await test.setClient(ID, {
    clientType: "CONFIDENTIAL",
    tokenAuthMethod,
    clientSecret: "a secret that has enough bytes for every hash: 64 of them, or more",
    jwks: jwkSet(keys.jwk),
    tlsClientAuthSanDns: "client.example",
    grantTypes: ["CLIENT_CREDENTIALS"],
  });
  await fc.assert(
    fc.asyncProperty(call, assertion, anyText(), async (request, client_assertion, client_secret) => {
      const parameters = form({
        grant_type: "client_credentials",
        client_id: ID,
        client_assertion_type: ASSERTION_TYPE,
        client_assertion,
        client_secret,
      });
      const answer = await test.engine["auth/token"]({ ...(request as object), parameters });
      expect(["INVALID_CLIENT", "BAD_REQUEST"]).toContain(summary(answer).action);
    }),
    { numRuns: 150 },
  );
  expect(test.issued()).toBe(0);
});
