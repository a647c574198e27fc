import { z } from "zod";
import type { Operation } from "../../../src/server/authlete/operations.ts";
import type { OpenApi, OpenApiOperation } from "../../support/openapi.ts";
import { type Comparison, createComparison, type Described, membersOf, valueDifference } from "./compare.ts";
import { correctedMembers, type MessageCorrection, messageCorrections } from "./overlay.ts";

/** A row of the contract, and what the document says of its route. */
export type ComparedRow = { name: string; operation: Operation; described: OpenApiOperation };

/** The operation of the document that a route of the contract leads to. */
export function describedOperation(
  document: OpenApi,
  { method, path }: { method: string; path: string },
  outsideService = false,
): OpenApiOperation | undefined {
  return document.paths[`/api/${outsideService ? "" : "{serviceId}/"}${path}`]?.[method.toLowerCase()];
}

/** All differences between the messages of a row and those of the document. */
export function differencesOf(
  document: OpenApi,
  row: ComparedRow,
  corrections: readonly MessageCorrection[] = messageCorrections,
): string[] {
  const differences: string[] = [];
  const report = (difference: string) => void differences.push(difference);
  const comparison = createComparison(document, report);
  compareRequest(row, describedRequest(row, comparison, corrections), { ...comparison, report });
  compareResponse(row, describedResponse(row, comparison, corrections), { ...comparison, report });
  return differences;
}

type Reporting = Comparison & { report: (difference: string) => void };

/** The members of a request: those of its body, and its parameters. */
function describedRequest(
  { name, described }: ComparedRow,
  { resolved }: Comparison,
  corrections: readonly MessageCorrection[],
): Described {
  const parameters = (described.parameters ?? []).filter((parameter) => parameter.name !== "serviceId");
  const body = described.requestBody?.content["application/json"]?.schema ?? {};
  const message = resolved({ name: `${name} request`, schema: body });
  const members = Object.fromEntries(parameters.map((parameter) => [parameter.name, parameter.schema]));
  const required = parameters.filter((parameter) => parameter.required).map((parameter) => parameter.name);
  return {
    name: message.name,
    schema: {
      type: "object",
      properties: correctedMembers(
        { ...message.schema.properties, ...members },
        { operation: name, message: "request" },
        corrections,
      ),
      required: [...(message.schema.required ?? []), ...required],
    },
  };
}

function compareRequest(
  { operation }: ComparedRow,
  theirs: Described,
  { compareMembers, report }: Reporting,
): void {
  const ours = membersOf(operation.request);
  compareMembers(theirs, ours);
  const demanded = [...ours].filter(([, schema]) => !z.safeParse(schema, undefined).success);
  const difference = valueDifference(theirs.schema.required, [...demanded.map(([member]) => member)]);
  if (difference) report(`${theirs.name}: requires other members: ${difference}`);
}

/** The members of an answer; `undefined` for an operation that answers nothing. */
function describedResponse(
  { name, operation, described }: ComparedRow,
  { resolved }: Comparison,
  corrections: readonly MessageCorrection[],
): Described | undefined {
  const schema = described.responses["200"]?.content?.[operation.answerType ?? "application/json"]?.schema;
  if (!schema) return undefined;
  const message = resolved({ name: `${name} response`, schema });
  const { properties = {} } = message.schema;
  return {
    name: message.name,
    schema: {
      ...message.schema,
      properties: correctedMembers(properties, { operation: name, message: "response" }, corrections),
    },
  };
}

function compareResponse(
  { name, operation: { response, emptyAnswer } }: ComparedRow,
  theirs: Described | undefined,
  reporting: Reporting,
): void {
  if (!theirs) {
    if (!emptyAnswer) reporting.report(`${name} response: only the contract has one`);
  } else if (response instanceof z.ZodUnion) {
    compareBranches(response, theirs, reporting);
  } else {
    reporting.compare(theirs, response);
  }
}

function compareBranches(
  response: z.ZodUnion,
  { name, schema }: Described,
  { compareMembers, report }: Reporting,
): void {
  const { action, ...properties } = schema.properties ?? {};
  const branches = branchesOf(response);
  compareMembers({ name, schema: { properties } }, new Map(branches.flatMap(({ members }) => members)));
  const actions = branches.map((branch) => branch.action);
  const difference = valueDifference(action?.enum, actions);
  if (difference) report(`${name}.action: ${difference}`);
}

/** The branches of an answer with an action: each with its other members. */
export function branchesOf(response: z.ZodUnion): { action: string; members: [string, z.core.$ZodType][] }[] {
  const [known] = response.options;
  if (!(known instanceof z.ZodDiscriminatedUnion)) throw new Error("not an answer with an action");
  return (known.options as z.ZodObject[]).map(({ shape: { action, ...members } }) => ({
    action: String((action as z.ZodLiteral).value),
    members: Object.entries(members),
  }));
}
