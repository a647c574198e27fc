import { expect } from "vitest";
import type { Engine } from "../../../src/server/engine/engine.ts";
import { createWebApi } from "../../../src/server/engine/http.ts";
import { basic, clients, form, openTestEngine, SERVICE_ID, type TestEngine } from "../../support/engine.ts";
import { ACCESS_TOKEN, signIn } from "./served-engine.ts";

export type Sent = {
  method?: string;
  path?: string;
  headers?: Record<string, string>;
  body?: RequestInit["body"];
};

export const JSON_TYPE = { "content-type": "application/json" };
export const FORM_TYPE = { "content-type": "application/x-www-form-urlencoded" };
export const API = `/api/${SERVICE_ID}`;
export const TOKEN_PATH = `${API}/auth/token`;

/** A token request that leads to a ticket. */
export const good = { parameters: form(signIn), ...basic(clients.firstParty) };

/** A request that is right in everything but what a test changes. */
export function webApiRequest({
  method = "POST",
  path = TOKEN_PATH,
  headers = JSON_TYPE,
  body,
}: Sent): Request {
  const hasBody = method !== "GET" && method !== "HEAD";
  return new Request(`https://engine.example${path}`, {
    method,
    headers: { authorization: `Bearer ${ACCESS_TOKEN}`, ...headers },
    ...(hasBody ? { body: body === undefined ? JSON.stringify(good) : body } : {}),
  });
}

export type WebApi = Awaited<ReturnType<typeof openWebApi>>;

/** The Web API of a test engine, called without a server. */
export async function openWebApi(options?: Parameters<typeof openTestEngine>[0]) {
  return webApiOf(await openTestEngine(options));
}

/** The Web API of a test engine. `engine` takes the place of its operations. */
export function webApiOf(test: TestEngine, engine: Engine = test.engine) {
  const reported: unknown[] = [];
  const endpoint = createWebApi({
    engine,
    serviceId: SERVICE_ID,
    token: ACCESS_TOKEN,
    report: (error) => void reported.push(error),
  });
  const send = async (sent: Sent = {}) => {
    const response = await endpoint(webApiRequest(sent));
    const text = await response.text();
    const { status, headers } = response;
    const isJson = headers.get("content-type")?.startsWith("application/json");
    return { status, headers, text, json: isJson ? JSON.parse(text) : undefined };
  };
  return {
    test,
    endpoint,
    reported,
    send,
    /** Expects what every refusal of the Web API has in common, and that nothing was issued. */
    async refused(sent: Sent, status: number, resultCode: string) {
      const before = test.issued();
      const answer = await send(sent);
      expect({ status: answer.status, ...answer.json }).toEqual({
        status,
        resultCode,
        resultMessage: expect.stringMatching(new RegExp(`^\\[${resultCode}\\] \\S`)),
      });
      expect(answer.headers.get("cache-control")).toBe("no-store");
      expect(answer.headers.get("content-type")).toBe("application/json;charset=utf-8");
      expect(test.issued()).toBe(before);
      return answer;
    },
    /** Expects that a call of the token endpoint goes through, and gives a ticket. */
    async allowed(sent: Sent) {
      const answer = await send(sent);
      expect(answer).toMatchObject({ status: 200, json: { action: "PASSWORD" } });
      expect(answer.headers.get("cache-control")).toBe("no-store");
      return answer;
    },
  };
}
