import { z } from "zod";
import type { FormFields } from "./form-fields.ts";

/**
 * What React's client sends to a server action, as far as our forms make use of it. React's decoder throws on most of what is written in
 * another way, and Next answers that with 500.
 */

const MOST_ARGUMENTS = 8;
const DEPTH = 8;

/** A text that is no reference: React doubles the sign where a text begins with it. `$K1` is the form whose fields begin with `_1_`. */
const TEXT = /^(?:[^$]|\$\$|\$undefined$|\$K[\da-f]{1,8}$|$)/;

const FIELD = /^[A-Za-z]\w*$/;
const OWN_FIELD = /^\$ACTION_(?:KEY|ID_[\da-f]+|REF_\d+|\d+:[01])$/;

/** Whether the arguments of an action that script calls can be decoded: JSON alone. */
export function areArguments(text: string): boolean {
  return isModel(text);
}

/** Whether the arguments of an action that script calls can be decoded: JSON with the fields of forms beside it. */
export function areArgumentFields(fields: FormFields): boolean {
  const models = fields.filter(([name]) => name === "0");
  const others = fields.filter(([name]) => name !== "0").map(([name]) => /^_\d+_(?<field>.*)$/.exec(name));
  return (
    models.length === 1 &&
    models.every(([, text]) => isModel(text)) &&
    others.every((match) => isFieldName(match?.groups?.field ?? ""))
  );
}

/** Whether a form that was sent without script calls an action, and its arguments can be decoded. */
export function isActionForm(fields: FormFields): boolean {
  const names = fields.map(([name]) => name);
  const own = names.filter((name) => name.startsWith("$"));
  const calls = own.filter((name) => /^\$ACTION_(?:ID|REF)_/.test(name));
  const references = calls.flatMap(
    (name) => /^\$ACTION_REF_(?<number>\d+)$/.exec(name)?.groups?.number ?? [],
  );
  return (
    calls.length > 0 &&
    new Set(own).size === own.length &&
    names.every(isFieldName) &&
    references.every((number) => isBoundAction(new Map(fields), number))
  );
}

function isFieldName(name: string): boolean {
  return FIELD.test(name) || OWN_FIELD.test(name);
}

const boundActionSchema = z.strictObject({ id: z.string(), bound: z.literal("$@1").nullable() });

function isBoundAction(values: ReadonlyMap<string, string>, number: string): boolean {
  const action = boundActionSchema.safeParse(parsed(values.get(`$ACTION_${number}:0`) ?? "")).data;
  if (!action) return false;
  return action.bound === null || isModel(values.get(`$ACTION_${number}:1`) ?? "");
}

function isModel(text: string): boolean {
  const model = parsed(text);
  return Array.isArray(model) && model.length <= MOST_ARGUMENTS && isPlain(model);
}

/** Nothing in it refers to anything, is nested too deep, or changes what an object is. */
function isPlain(model: unknown): boolean {
  const pending = [{ value: model, depth: 1 }];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { value, depth } = next;
    if (typeof value === "string" && !TEXT.test(value)) return false;
    if (typeof value !== "object" || value === null) continue;
    if (depth > DEPTH || Object.hasOwn(value, "__proto__")) return false;
    for (const inner of Object.values(value)) pending.push({ value: inner, depth: depth + 1 });
  }
  return true;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
