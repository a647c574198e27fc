import { operations } from "../../src/server/authlete/operations.ts";
import { caller, JSON_TYPE } from "../caller.ts";
import type { Server } from "../server.ts";
import { SERVICE_ID } from "./open-engine.ts";
import type { EngineCall } from "./scenarios.ts";

/** Calls of the engine over HTTP. Members of a POST request are its JSON body; the GET requests of the bench have none. */
export function webApiCall(server: Server, token: string): EngineCall {
  const call = caller(server);
  const headers = { authorization: `Bearer ${token}` };
  const expect = (text: string) => text.startsWith("{");
  return async (name, request) => {
    const { method, path } = operations[name];
    const common = { path: `/api/${SERVICE_ID}/${path}`, expect };
    const { text } =
      method === "POST"
        ? await call({ ...common, headers: { ...headers, ...JSON_TYPE }, body: JSON.stringify(request) })
        : await call({ ...common, method: "GET", headers });
    return JSON.parse(text);
  };
}
