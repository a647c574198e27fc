import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { publicError } from "../../../src/server/trpc/public-error.ts";
import {
  tokenFailInputSchema,
  tokenIntrospectInputSchema,
  tokenIssueInputSchema,
  tokenRequestInputSchema,
  tokenRevokeInputSchema,
} from "../../../src/server/trpc/token-input.ts";
import { type Gate, openGate } from "../../support/gate.ts";
import { callInProcess, callOverHttp, type Procedure, validInput } from "./procedures.ts";

let gate: Gate;
beforeAll(async () => {
  gate = await openGate();
});
afterAll(() => gate.close());

/** Stands in every wrong value: it must not come back. */
const CANARY = "canary-7f3a91d2";

/** A value that no field of that kind takes. */
const wrong = { text: { [CANARY]: CANARY }, list: CANARY, number: CANARY, flag: CANARY, claims: [CANARY] };

const text = wrong.text;
const extras = {
  properties: wrong.list,
  jwtAtClaims: wrong.claims,
  accessToken: text,
  accessTokenDuration: wrong.number,
  refreshTokenDuration: wrong.number,
};
const certificates = { clientCertificate: text, clientCertificatePath: wrong.list };
const proof = { dpop: text, htm: text, htu: text };

/** A wrong value for every field of every procedure that has fields. */
const wrongValues = {
  "login.password": { username: text, password: text },
  "token.issue": { ticket: text, subject: text, ...extras },
  "token.request": {
    parameters: text,
    clientId: text,
    clientSecret: text,
    ...certificates,
    ...proof,
    dpopNonceRequired: wrong.flag,
    oauthClientAttestation: text,
    oauthClientAttestationPop: text,
    ...extras,
  },
  "token.fail": { ticket: text, reason: CANARY },
  "token.introspect": {
    token: text,
    scopes: wrong.list,
    subject: text,
    resources: wrong.list,
    acrValues: wrong.list,
    maxAge: wrong.number,
    clientCertificate: text,
    ...proof,
  },
  "token.revoke": { parameters: text, clientId: text, clientSecret: text, ...certificates },
} satisfies { [Name in Procedure]?: Record<string, unknown> };
type WithFields = keyof typeof wrongValues;

const required: Record<WithFields, string[]> = {
  "login.password": ["username", "password"],
  "token.issue": ["ticket", "subject"],
  "token.request": ["parameters"],
  "token.fail": ["ticket", "reason"],
  "token.introspect": ["token"],
  "token.revoke": ["parameters"],
};

/** Names that mean something to an object of JavaScript are keys like any other. */
const unknownKeys = [
  "issuer",
  "Ticket",
  "constructor",
  "__proto__",
  "prototype",
  "toString",
  "hasOwnProperty",
  "then",
  "",
];

const names = Object.keys(wrongValues) as WithFields[];
const fieldRows = names.flatMap((name) =>
  Object.entries(wrongValues[name]).map(([field, value]) => [name, field, value] as const),
);
const requiredRows = names.flatMap((name) => required[name].map((field) => [name, field] as const));
const unknownRows = names.flatMap((name) => unknownKeys.map((key) => [name, key] as const));

it.each([
  ["token.issue", tokenIssueInputSchema],
  ["token.request", tokenRequestInputSchema],
  ["token.fail", tokenFailInputSchema],
  ["token.introspect", tokenIntrospectInputSchema],
  ["token.revoke", tokenRevokeInputSchema],
] as const)("the tables below name every field of %s", (name, schema) => {
  expect(Object.keys(wrongValues[name]).toSorted()).toEqual(Object.keys(schema.shape).toSorted());
});

type Spoiling = (valid: Record<string, unknown>) => Record<string, unknown>;

/** Sends a valid input, spoilt, from the actor that may call this procedure, over HTTP and in process. */
async function refused(procedure: WithFields, spoiling: Spoiling): Promise<string[]> {
  const valid = (await validInput(gate, procedure)) as Record<string, unknown>;
  const input = spoiling(valid);
  const login = procedure === "login.password";
  const authorization = login ? null : `Bearer ${(await gate.backend()).token}`;
  const headers: Record<string, string | null> = login ? {} : { authorization, origin: null };
  const before = gate.calls.length;
  const reply = await callOverHttp(gate, procedure, { headers, body: bodyOf(input) });
  const caller = login ? gate.browser().inProcess() : gate.server();
  const { outcome, thrown } = await callInProcess(caller, procedure, input);
  const operations = gate.calls.slice(before).map(({ operation }) => operation);
  expect(operations.filter((operation) => operation !== "auth/introspection")).toEqual([]);
  expect({ status: reply.status, code: reply.error?.code, outcome }).toEqual({
    status: 400,
    code: "BAD_REQUEST",
    outcome: "BAD_REQUEST",
  });
  expect(reply.text).not.toContain(CANARY);
  expect(reply.text).not.toMatch(/stack| {4}at /);
  expect(publicError(thrown)).toEqual(reply.error);
  await expectUnspent(procedure, valid);
  return Object.keys(reply.error?.fields ?? {});
}

/** Keys such as `__proto__` go into the text as they are: no transformer on our side has a say. */
function bodyOf(input: Record<string, unknown>): string {
  return JSON.stringify({ json: input });
}

async function expectUnspent(procedure: WithFields, valid: Record<string, unknown>): Promise<void> {
  const backend = await gate.backend();
  if (procedure === "token.issue" || procedure === "token.fail") {
    const reply = await backend.call("token.issue", { ticket: valid.ticket, subject: "usr_1" });
    expect(reply).toMatchObject({ status: 200, data: { action: "OK" } });
  }
  if (procedure !== "token.revoke") return;
  const token = new URLSearchParams(String(valid.parameters)).get("token");
  expect(await backend.call("token.introspect", { token })).toMatchObject({ data: { action: "OK" } });
}

describe("a field of the wrong type is refused by its name, and nothing is spent", () => {
  it.each(fieldRows)("%s, %s", async (procedure, field, value) => {
    expect(await refused(procedure, (valid) => ({ ...valid, [field]: value }))).toEqual([field]);
  });

  it.each(fieldRows)("%s, %s is null", async (procedure, field) => {
    expect(await refused(procedure, (valid) => ({ ...valid, [field]: null }))).toEqual([field]);
  });

  it.each(names)("%s, all fields at once: all are named", async (procedure) => {
    const all = wrongValues[procedure];
    expect((await refused(procedure, () => all)).toSorted()).toEqual(Object.keys(all).toSorted());
  });
});

describe("a field that is missing is refused by its name, and nothing is spent", () => {
  it.each(requiredRows)("%s without %s", async (procedure, field) => {
    const without: Spoiling = ({ [field]: _, ...rest }) => rest;
    expect(await refused(procedure, without)).toEqual([field]);
  });

  it.each(names)("%s without anything", async (procedure) => {
    expect(await refused(procedure, () => ({}))).toEqual(required[procedure]);
  });
});

describe("a key that is no field is refused by its name, and nothing is spent", () => {
  it.each(unknownRows)("%s, %j", async (procedure, key) => {
    const entry = Object.fromEntries([[key, CANARY]]);
    const fields = await refused(procedure, (valid) =>
      Object.defineProperties({ ...valid }, Object.getOwnPropertyDescriptors(entry)),
    );
    expect(fields).toEqual(["__proto__", "constructor", "prototype"].includes(key) ? ["input"] : [key]);
  });
});
