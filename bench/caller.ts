import { Pool } from "undici";
import type { Server } from "./server.ts";

/** A request, and what its answer has to be. */
export type HttpCall = {
  method?: "GET" | "POST";
  path: string;
  headers?: Record<string, string>;
  body?: string;
  /** 200 unless given. */
  status?: number;
  expect: (answer: string) => boolean;
};

/** What a caller gets: the body, and the headers of the answer. */
export type HttpAnswer = { text: string; headers: Record<string, string | string[] | undefined> };

/** Sends a request and rejects when the answer is not the expected one. */
export type Caller = (call: HttpCall) => Promise<HttpAnswer>;

const MOST_CONNECTIONS = 64;

export const JSON_TYPE = { "content-type": "application/json" };
export const FORM_TYPE = { "content-type": "application/x-www-form-urlencoded" };

/** Keep-alive connections to one server: as many as there are requests at once, each carrying one at a time. */
export function caller({ origin }: Server): Caller {
  const pool = new Pool(origin, { connections: MOST_CONNECTIONS, pipelining: 1 });
  return async ({ method = "POST", path, headers = {}, body = null, status = 200, expect }) => {
    const answer = await pool.request({ method, path, headers, body });
    const text = await answer.body.text();
    if (answer.statusCode !== status || !expect(text))
      throw new Error(
        `${path} answered ${answer.statusCode}: ${text.slice(0, 300)} ${answer.headers["www-authenticate"] ?? ""}`,
      );
    return { text, headers: answer.headers };
  };
}

/** The header of HTTP Basic for a client. */
export function basicHeader(id: string, secret: string): Record<string, string> {
  return { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString("base64")}` };
}
