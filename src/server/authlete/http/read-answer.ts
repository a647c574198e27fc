import type { z } from "zod";
import { withoutNulls } from "../absent.ts";
import {
  EngineAnswerInvalid,
  EngineRefusedCall,
  EngineRefusedCredentials,
  EngineUnavailable,
} from "../error.ts";
import type { Operation } from "../operations.ts";
import type { Exchange } from "./exchange.ts";

/**
 * The message in an HTTP answer. None of the errors quotes the answer.
 *
 * @throws EngineError, of the kind that the status and the content stand for.
 */
export function readAnswer(row: { name: string; operation: Operation }, answer: Exchange): unknown {
  checkStatus(row.name, answer);
  if (answer.status === 204) return readNoContent(row);
  const isText = row.operation.answerType === "text/plain";
  return checkMessage(row, isText ? readText(row.name, answer) : readJson(row.name, answer));
}

function checkStatus(name: string, answer: Exchange): void {
  const { status } = answer;
  if (status === 401 || isForbidden(answer))
    throw new EngineRefusedCredentials(name, `refused with ${status}`);
  if (status === 429 || status >= 500) {
    throw new EngineUnavailable(name, `refused with ${status}`, { outcomeUnknown: status !== 429 });
  }
  if (status >= 400) throw new EngineRefusedCall(name, status, readResultCode(answer.text));
  if (status < 200 || status >= 300) throw new EngineAnswerInvalid(name, `answered with status ${status}`);
}

/** 403 also says that the engine does not have the feature, whoever asks. */
function isForbidden({ status, text }: Exchange): boolean {
  return status === 403 && readResultCode(text) !== "A001223";
}

function readNoContent(row: { name: string; operation: Operation }): unknown {
  const { emptyAnswer } = row.operation;
  if (emptyAnswer === undefined) throw new EngineAnswerInvalid(row.name, "answered nothing");
  return checkMessage(row, emptyAnswer);
}

/** The code of an error body; any other text stays out of errors and logs. */
function readResultCode(text: string): string | undefined {
  const body = parseJson(text);
  const code = (body as { resultCode?: unknown } | undefined)?.resultCode;
  return typeof code === "string" && /^A\d{6}$/.test(code) ? code : undefined;
}

const JSON_TYPE = /^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i;

function readJson(name: string, { headers, text }: Exchange): unknown {
  if (!JSON_TYPE.test(headers.get("content-type") ?? "")) {
    throw new EngineAnswerInvalid(name, "answered something other than JSON");
  }
  const message = parseJson(text);
  if (message === undefined) throw new EngineAnswerInvalid(name, "answered JSON that cannot be read");
  return message;
}

const TEXT_TYPE = /^text\/plain\s*(?:;|$)/i;

function readText(name: string, { headers, text }: Exchange): string {
  if (TEXT_TYPE.test(headers.get("content-type") ?? "")) return text;
  throw new EngineAnswerInvalid(name, "answered something other than a text");
}

/** The value without `null` members; `undefined` for what is no JSON, or too deep to be looked at. */
function parseJson(text: string): unknown {
  try {
    return withoutNulls(JSON.parse(text)) ?? undefined;
  } catch {
    return undefined;
  }
}

function checkMessage(
  { name, operation }: { name: string; operation: Operation },
  message: unknown,
): unknown {
  const checked = operation.response.safeParse(message);
  if (checked.success) return checked.data;
  throw new EngineAnswerInvalid(name, `answered with a wrong ${memberAt(checked.error.issues)}`);
}

/** Which member is wrong: names of the contract, never a value. */
function memberAt([issue]: readonly z.core.$ZodIssue[]): string {
  if (issue?.code === "invalid_union" && issue.errors[0]?.length) return memberAt(issue.errors[0]);
  return issue?.path.length ? `member ${issue.path.join(".")}` : "message";
}
