import { createWebApi } from "../../src/server/engine/http.ts";
import type { Endpoint } from "../../src/server/http/endpoint.ts";
import type { Services } from "../../src/server/services.ts";
import { backend, ORIGIN, openGate, secretOf } from "../support/gate.ts";
import { mergingEngine } from "../support/naive/engine.ts";
import { issueJwts } from "./engine-settings.ts";

export type AttackedWebApi = { webApi: Endpoint; close(): Promise<void> };

/** The engine's own HTTP face, which signs its tokens, and the one of an engine that takes what it is given. */
export const webApis = {
  naive: (): Promise<AttackedWebApi> => open(mergingEngine),
  ours: (): Promise<AttackedWebApi> => open((engine) => engine),
};

type Engine = NonNullable<Services["engine"]>;

async function open(change: (engine: Engine) => Engine): Promise<AttackedWebApi> {
  const gate = await openGate();
  await issueJwts(gate);
  const { engine, config } = gate.services;
  if (!engine || config.engine.kind !== "embedded") throw new Error("there is no engine");
  const { serviceId, token } = config.engine;
  const report = (error: unknown) => gate.services.log.error("web_api.failed", { error });
  return { webApi: createWebApi({ engine: change(engine), serviceId, token, report }), close: gate.close };
}

export type IssueAnswer = {
  action: string;
  accessToken?: string;
  jwtAccessToken?: string;
  responseContent?: string;
};

/** Gets a ticket of the password grant, and issues it with what is added to the call. */
export async function issueAtWebApi(
  target: AttackedWebApi,
  extras: Record<string, unknown>,
): Promise<IssueAnswer> {
  const parameters = new URLSearchParams({ grant_type: "password", username: "u", password: "p" }).toString();
  const request = { parameters, clientId: backend.id, clientSecret: backend.secret };
  const { ticket } = await call<{ ticket: string }>(target, "auth/token", request);
  return call(target, "auth/token/issue", { ticket, subject: "usr_1", ...extras });
}

async function call<Answer>({ webApi }: AttackedWebApi, path: string, body: object): Promise<Answer> {
  const headers = { authorization: `Bearer ${secretOf("engine")}`, "content-type": "application/json" };
  const request = { method: "POST", headers, body: JSON.stringify(body) };
  const response = await webApi(new Request(`${ORIGIN}/api/1/${path}`, request));
  return (await response.json()) as Answer;
}
