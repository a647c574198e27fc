import type { OAuthError } from "./error.ts";
import { clientChallenge } from "./www-authenticate.ts";

/** What an endpoint answers, before it becomes an HTTP response. */
export type OAuthAnswer = {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: string;
};

/** RFC 6749 section 5.1: an answer that may hold a token is JSON and is kept nowhere. */
const jsonHeaders = {
  "content-type": "application/json;charset=UTF-8",
  "cache-control": "no-store",
  pragma: "no-cache",
  "x-content-type-options": "nosniff",
} as const;

const challengedHeaders = { ...jsonHeaders, "www-authenticate": clientChallenge } as const;
const emptyHeaders = { "cache-control": "no-store", pragma: "no-cache" } as const;

/** JSON text as an answer, under the headers of RFC 6749 section 5.1. */
export function jsonAnswer(status: number, body: string): OAuthAnswer {
  return { status, headers: status === 401 ? challengedHeaders : jsonHeaders, body };
}

/** 200 with nothing in it (RFC 7009 section 2.2). */
export function emptyAnswer(): OAuthAnswer {
  return { status: 200, headers: emptyHeaders, body: "" };
}

/** A refusal as an answer (RFC 6749 section 5.2). A 401 carries the challenge. */
export function errorAnswer({ error, description, status }: OAuthError): OAuthAnswer {
  return jsonAnswer(status, JSON.stringify({ error, error_description: description }));
}

/** The same answer with more headers. */
export function withHeaders(answer: OAuthAnswer, headers: Readonly<Record<string, string>>): OAuthAnswer {
  return { ...answer, headers: { ...answer.headers, ...headers } };
}
