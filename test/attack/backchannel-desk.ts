import { vi } from "vitest";
import { decide } from "../../src/app/(interaction)/ciba/actions.ts";
import { backchannelRequestsOf } from "../../src/server/flow/backchannel/decide.ts";
import { cookieRules } from "../../src/server/session/cookie.ts";
import { createFormToken } from "../../src/server/session/form-token.ts";
import {
  type AuthorizationGate,
  openAuthorizationGate,
  type Visitor,
} from "../support/authorization-gate.ts";
import { demo, ORIGIN } from "../support/gate.ts";
import { sendForm, serveActions } from "./sent-form.ts";

vi.mock("server-only", () => ({}));
vi.mock("next/headers", () => import("./page-request.ts"));

/** The form of a decision, as the page has it. */
export type BackchannelForm = { id: string; decision: "allow" | "deny"; formToken: string };

/** A request of an application on another device. */
export type AskedRequest = { status: number; error: unknown; authReqId: string };

/** Where people decide what an application asked for on another device, as an attacker reaches it. */
export type BackchannelDesk = {
  gate: AuthorizationGate;
  /** An application asks for the gate's person (CIBA Core 7.1). */
  ask(changes?: Record<string, string>): Promise<AskedRequest>;
  /** The access token that it has by now. */
  poll(authReqId: string): Promise<string | undefined>;
  /** What waits for the gate's person: the identifiers in the forms of the page, and the messages on it. */
  waiting(): Promise<{ id: string; message: string | undefined }[]>;
  decide(browser: Visitor, form: BackchannelForm): Promise<unknown>;
  close(): Promise<void>;
};

/** Ours, through the server action that the form of the page calls. */
export async function openBackchannelDesk(): Promise<BackchannelDesk> {
  const gate = await openAuthorizationGate();
  serveActions(gate.services);
  return {
    ...(await applicationOf(gate)),
    async waiting() {
      const requests = await backchannelRequestsOf(gate.services, await gate.subject());
      return requests.map(({ id, document }) => ({ id, message: document.bindingMessage }));
    },
    decide: (browser, form) => sendForm(browser, decide, form),
  };
}

/** The application of a gate that asks. */
export async function applicationOf(
  gate: AuthorizationGate,
): Promise<Pick<BackchannelDesk, "gate" | "ask" | "poll" | "close">> {
  const client = await gate.register({ clientName: "Till", grantTypes: ["CIBA"], bcDeliveryMode: "POLL" });
  return {
    gate,
    async ask(changes = {}) {
      const form = { scope: "openid profile", login_hint: demo.username, ...changes };
      const { status, json } = await gate.post("/oauth/ciba", form, client);
      return { status, error: json.error, authReqId: String(json.auth_req_id) };
    },
    async poll(authReqId) {
      gate.clock.advance(6_000);
      const grant_type = "urn:openid:params:grant-type:ciba";
      const { json } = await gate.token({ grant_type, auth_req_id: authReqId }, client);
      return json.access_token as string | undefined;
    },
    close: gate.close,
  };
}

/** The form on the page that a browser has opened. */
export function formOn({ gate }: BackchannelDesk, { cookies }: Visitor, id: string): BackchannelForm {
  const preSession = cookies.get(cookieRules(ORIGIN).preSession) ?? "";
  return {
    id,
    decision: "allow",
    formToken: createFormToken(gate.services, `backchannel ${id}`, preSession),
  };
}

/** What an honest person does: allows what an application of theirs asks for. */
export async function allows(desk: BackchannelDesk): Promise<boolean> {
  const { authReqId } = await desk.ask({ binding_message: "W4SCT" });
  const [request] = await desk.waiting();
  const browser = await desk.gate.person();
  await desk.decide(browser, formOn(desk, browser, request?.id ?? ""));
  return request?.message === "W4SCT" && (await desk.poll(authReqId)) !== undefined;
}
