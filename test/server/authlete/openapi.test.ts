import { describe, expect, it } from "vitest";
import { type Operation, operations } from "../../../src/server/authlete/operations.ts";
import { describedOperation, differencesOf } from "../../contract/openapi/differences.ts";
import {
  correctedDocument,
  type MessageCorrection,
  messageCorrections,
  type SchemaCorrection,
  schemaCorrections,
} from "../../contract/openapi/overlay.ts";
import { type OpenApi, openApiAbsence, readOpenApi } from "../../support/openapi.ts";

const rows: [string, Operation][] = Object.entries(operations);
const read = readOpenApi();
if (!read) console.warn(`The contract is not compared: ${openApiAbsence}.`);

/** Families of the API that this engine does not have. */
const unavailable = /^\/api\/\{serviceId\}\/(vci|federation|hsk)\//;

/** Routes that the document does not have: the Java SDK takes them. */
const newerRoutes = ["POST service/configuration", "POST client/granted_scopes/delete/{clientId}"];

/** The differences that are left with these corrections. */
function differences(
  document: OpenApi,
  ofSchemas: readonly SchemaCorrection[] = schemaCorrections,
  ofMessages: readonly MessageCorrection[] = messageCorrections,
): string[] {
  const corrected = correctedDocument(document, ofSchemas);
  return rows.flatMap(([name, operation]) => {
    const described = describedOperation(corrected, operation, operation.outsideService);
    return described ? differencesOf(corrected, { name, operation, described }, ofMessages) : [];
  });
}

describe.runIf(read)("the contract and the API's own description", () => {
  const document = read as OpenApi;

  it.each(rows)("agree on the messages of %s", (name, operation) => {
    const corrected = correctedDocument(document);
    const described = describedOperation(corrected, operation, operation.outsideService);
    if (!described) return expect.fail("the document does not have the operation");
    expect(differencesOf(corrected, { name, operation, described })).toEqual([]);
  });

  it("agree on the routes", () => {
    const theirs = Object.entries(document.paths)
      .filter(([path]) => !unavailable.test(path))
      .flatMap(([path, methods]) =>
        Object.keys(methods)
          .filter((method) => /^(get|post|put|delete)$/.test(method))
          .map((method) => `${method.toUpperCase()} ${path.replace(/^\/api\/(\{serviceId\}\/)?/, "")}`),
      );
    const ours = rows.flatMap(([, operation]) =>
      [operation, ...(operation.aliases ?? [])].map(({ method, path }) => `${method} ${path}`),
    );
    expect(ours.toSorted()).toEqual([...theirs, ...newerRoutes].toSorted());
  });

  it.each(rows)(
    "agree on the service in the path, the access token and the form of the answer of %s",
    (_, row) => {
      const described = describedOperation(document, row, row.outsideService);
      expect(described?.security?.length === 0).toBe(row.unauthenticated === true);
      expect("204" in (described?.responses ?? {})).toBe(row.emptyAnswer !== undefined);
    },
  );

  it.each(schemaCorrections)("need the correction of $schema: $reason", (correction) => {
    const others = schemaCorrections.filter((other) => other !== correction);
    expect(differences(document, others)).not.toEqual([]);
  });

  it.each(messageCorrections)("need the correction of $operation, $member: $reason", (correction) => {
    const others = messageCorrections.filter((other) => other !== correction);
    expect(differences(document, schemaCorrections, others)).not.toEqual([]);
  });
});

describe("a comparison with a document that differs", () => {
  const operation = operations["auth/token/revoke"];
  const compared = (properties: Record<string, object>, required: string[] = []) => {
    const content = { "application/json": { schema: { type: "object", properties, required } } };
    const answer = { "application/json": { schema: { type: "object", properties: {} } } };
    const described = { requestBody: { content }, responses: { 200: { content: answer } } };
    const document: OpenApi = { paths: {}, components: { schemas: {} } };
    return differencesOf(document, { name: "x", operation, described }).filter((found) =>
      found.startsWith("x request"),
    );
  };
  const text = { type: "string" };
  const right = {
    accessTokenIdentifier: text,
    refreshTokenIdentifier: text,
    clientIdentifier: text,
    subject: text,
  };

  it.each([
    [{}, []],
    [{ more: text }, ["x request.more: only the document has it"]],
    [
      { subject: { type: "integer" } },
      ["x request.subject: integer in the document, string in the contract"],
    ],
    [
      { subject: { type: "string", enum: ["a"] } },
      ["x request.subject: values are listed only in the document"],
    ],
  ])("tells by name what is different: %j", (change, expected) => {
    expect(compared({ ...right, ...change })).toEqual(expected);
  });

  it("tells which members are missing, and which are required", () => {
    const { subject, ...rest } = right;
    expect(compared(rest)).toEqual(["x request.subject: only the contract has it"]);
    expect(compared({ ...rest, subject }, ["subject"])).toEqual([
      "x request: requires other members: without the values [subject], and also with []",
    ]);
  });
});
