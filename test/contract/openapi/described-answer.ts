import { Ajv, type ValidateFunction } from "ajv";
import addFormats from "ajv-formats";
import { type OperationName, operations } from "../../../src/server/authlete/operations.ts";
import { type OpenApi, type OpenApiSchema, readOpenApi } from "../../support/openapi.ts";
import { describedOperation } from "./differences.ts";
import { correctedDocument } from "./overlay.ts";

/** Documents of other specifications, which the description leaves open. */
const open: ReadonlySet<string> = new Set<OperationName>(["service/configuration", "service/jwks/get"]);

/**
 * Makes the check that an answer is what the API's own description says: its members are among those that are declared, with
 * declared types and values. The check says nothing where the description is not there.
 *
 * @returns a function that throws, naming every deviation.
 */
export function createAnswerCheck(): (name: string, answer: unknown) => void {
  const document = readOpenApi();
  if (!document) return () => {};
  const closed = withoutNullable(closedDocument(correctedDocument(document)));
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema(closed, "api");
  const checks = new Map<string, ValidateFunction | undefined>();
  return (name, answer) => {
    if (!checks.has(name)) checks.set(name, compiled(ajv, closed, name));
    const check = checks.get(name);
    if (!check || check(answer)) return;
    throw new Error(`${name} answers what the API does not describe: ${ajv.errorsText(check.errors)}`);
  };
}

function compiled(ajv: Ajv, document: OpenApi, name: string): ValidateFunction | undefined {
  const operation = operations[name as OperationName];
  if (open.has(name)) return undefined;
  const described = describedOperation(document, operation, "outsideService" in operation);
  const schema = described?.responses["200"]?.content?.["application/json"]?.schema;
  return schema && ajv.compile(rooted(schema));
}

/** References of the document lead into the document, wherever they stand. */
function rooted(schema: OpenApiSchema): object {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/components/', '"api#/components/'));
}

/** No answer has `null` in it, whatever is nullable. */
function withoutNullable<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value), (member, nested) => (member === "nullable" ? undefined : nested));
}

/** The document with objects that have no members but those that are declared. */
function closedDocument(document: OpenApi): OpenApi {
  const schemas = Object.entries(document.components.schemas).map(([name, schema]) => [
    name,
    closedSchema(schema),
  ]);
  return { ...document, components: { ...document.components, schemas: Object.fromEntries(schemas) } };
}

function closedSchema(schema: OpenApiSchema): OpenApiSchema {
  const isClosed = schema.properties !== undefined && !("additionalProperties" in schema);
  const {
    description: _text,
    example: _example,
    ...rest
  } = schema as OpenApiSchema & Record<string, unknown>;
  return { ...rest, ...(isClosed && { additionalProperties: false }) } as OpenApiSchema;
}
