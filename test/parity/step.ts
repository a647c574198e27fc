import type { OperationName } from "../../src/server/authlete/operations.ts";
import { oauthErrorIn } from "../contract/oauth-error.ts";

/** What came of one call, without what chance and the settings of a service decide. */
export type Step = {
  operation: OperationName;
  /** The `action` of the answer or, where the call itself failed, how. */
  action?: string;
  /** The OAuth error that the client application is told. */
  error?: string;
  /** Members that the answer has, sorted, and those of the JSON body or the redirect that is made of it. */
  members: string[];
  content: string[];
  resultCode?: string;
};

type Message = Record<string, unknown>;

/** Members that repeat settings of the service or are for people: whether they are there says nothing about the API. */
const leftAside = new Set([
  "action",
  "resultCode",
  "resultMessage",
  "service",
  "client",
  "serviceAttributes",
  "clientAttributes",
]);

/** What is worth comparing of an answer. An answer without `action` is a setting, or a list of them: that it came says all. */
export function answeredStep(operation: OperationName, answer: unknown): Step {
  const message = typeof answer === "object" && answer !== null ? (answer as Message) : {};
  if (typeof message.action !== "string") return { operation, members: [], content: [] };
  const error = oauthErrorIn(message);
  return {
    operation,
    action: message.action,
    ...(error === undefined ? {} : { error }),
    members: given(message).filter((name) => !leftAside.has(name)),
    content: contentMembers(message.responseContent),
    ...(typeof message.resultCode === "string" ? { resultCode: message.resultCode } : {}),
  };
}

/** What is worth comparing of a call that failed. */
export function failedStep(operation: OperationName, error: unknown): Step {
  const { code, status, resultCode, message } = error as Record<string, unknown>;
  const reason = status ?? (typeof code === "string" ? message : error);
  return {
    operation,
    action: `the call failed: ${String(reason)}`,
    members: [],
    content: [],
    ...(typeof resultCode === "string" ? { resultCode } : {}),
  };
}

/** Missing, `null`, 0, `false` and empty say the same in this API. */
function given(message: Message): string[] {
  const isGiven = (value: unknown) => (Array.isArray(value) ? value.length > 0 : Boolean(value));
  return Object.keys(message)
    .filter((name) => isGiven(message[name]))
    .toSorted();
}

function contentMembers(content: unknown): string[] {
  if (typeof content !== "string") return [];
  if (content.startsWith("{")) return Object.keys(JSON.parse(content)).toSorted();
  if (!URL.canParse(content)) return [];
  const { searchParams, hash } = new URL(content);
  return [...searchParams.keys(), ...new URLSearchParams(hash.slice(1)).keys()].toSorted();
}
