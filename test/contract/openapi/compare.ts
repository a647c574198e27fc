import { z } from "zod";
import { listedValues } from "../../../src/server/authlete/enumerations.ts";
import type { OpenApi, OpenApiSchema } from "../../support/openapi.ts";

/** A schema of the document, and what it is called there: differences are told by that name. */
export type Described = { name: string; schema: OpenApiSchema };

export type Comparison = ReturnType<typeof createComparison>;

/**
 * Compares a schema of the document with one of the contract, member by member: names, types, values of enumerations.
 *
 * @param report learns of each difference: `name.member: what is different`.
 */
export function createComparison(document: OpenApi, report: (difference: string) => void) {
  const resolved = ({ name, schema: { $ref, ...schema } }: Described): Described => {
    if ($ref === undefined) return { name, schema: merged(schema) };
    const component = $ref.split("/").at(-1) ?? "";
    return resolved({ name: component, schema: document.components.schemas[component] ?? {} });
  };

  const merged = ({ allOf = [], ...schema }: OpenApiSchema): OpenApiSchema => {
    const parts = [schema, ...allOf.map((part) => resolved({ name: "", schema: part }).schema)];
    return {
      ...Object.assign({}, ...parts),
      properties: Object.assign({}, ...parts.map(({ properties }) => properties)),
      required: parts.flatMap(({ required = [] }) => required),
    };
  };

  const compareMembers = ({ name, schema }: Described, ours: ReadonlyMap<string, z.core.$ZodType>) => {
    const theirs = new Map(Object.entries(schema.properties ?? {}));
    for (const [member, described] of theirs) {
      const schemaOfOurs = ours.get(member);
      if (schemaOfOurs) compare({ name: `${name}.${member}`, schema: described }, schemaOfOurs);
      else report(`${name}.${member}: only the document has it`);
    }
    for (const member of ours.keys()) {
      if (!theirs.has(member)) report(`${name}.${member}: only the contract has it`);
    }
  };

  const compare = (described: Described, schema: z.core.$ZodType): void => {
    const { name, schema: theirs } = resolved(described);
    const ours = required(schema);
    const difference = typeDifference(theirs, ours) ?? valueDifference(theirs.enum, listedValues(ours));
    if (difference) report(`${described.name}: ${difference}`);
    if (difference) return;
    if (ours instanceof z.ZodArray) compare({ name: `${name}[]`, schema: theirs.items ?? {} }, ours.element);
    if (ours instanceof z.ZodObject) compareMembers({ name, schema: theirs }, membersOf(ours));
  };

  return { compare, compareMembers, resolved };
}

function required(schema: z.core.$ZodType): z.core.$ZodType {
  return schema instanceof z.ZodOptional || schema instanceof z.ZodDefault
    ? required(schema.unwrap())
    : schema;
}

/** Members with their schemas. */
export function membersOf(schema: z.ZodObject): Map<string, z.core.$ZodType> {
  return new Map(Object.entries(schema.shape));
}

const types = [
  [z.ZodString, "string"],
  [z.ZodEnum, "string"],
  [z.ZodNumber, "integer"],
  [z.ZodBoolean, "boolean"],
  [z.ZodArray, "array"],
  [z.ZodObject, "object"],
  [z.ZodUnion, "union"],
] as const;

function typeDifference(theirs: OpenApiSchema, ours: z.core.$ZodType): string | undefined {
  const type = types.find(([candidate]) => ours instanceof candidate)?.[1];
  if (theirs.type !== type) return `${theirs.type} in the document, ${type} in the contract`;
  if (!(ours instanceof z.ZodObject)) return undefined;
  const [known, members] = [Object.keys(theirs.properties ?? {}), Object.keys(ours.shape)];
  const isAnother = known.length * members.length > 0 && !members.some((member) => known.includes(member));
  return isAnother ? "another object in the contract" : undefined;
}

/** How two lists of values differ. A list on one side alone is a difference of its own. */
export function valueDifference(
  theirs: readonly string[] | undefined,
  ours: readonly string[] | undefined,
): string | undefined {
  if (!theirs && !ours) return undefined;
  if (!theirs || !ours) return `values are listed only in the ${theirs ? "document" : "contract"}`;
  const [known, listed] = [new Set(theirs), new Set(ours)];
  const [missing, added] = [[...known.difference(listed)], [...listed.difference(known)]];
  if (missing.length + added.length === 0) return undefined;
  return `without the values [${missing}], and also with [${added}]`;
}
