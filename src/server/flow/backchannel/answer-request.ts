import type { Client } from "../../authlete/client.ts";
import type { BackchannelAuthenticationFailReason } from "../../authlete/messages/backchannel-authentication-fail.ts";
import type { OAuthAnswer } from "../../oauth/answer.ts";
import type { OAuthRequest } from "../../oauth/oauth-request.ts";
import { newValue } from "../../session/value.ts";
import { clientCall } from "../engine-request.ts";
import { findClient } from "../find-client.ts";
import { engineAnswer, engineFault } from "../oauth-engine-answer.ts";
import type { FlowPorts } from "../ports.ts";
import { notifyPerson } from "./notify-person.ts";
import { describeBackchannelRequest, type GoodBackchannelRequest } from "./request-document.ts";
import { sealedUnder } from "./seal.ts";

/**
 * Answers a backchannel authentication request (CIBA Core 7): finds the person that the client means, and keeps the request until that
 * person decides, who is told by mail where that is possible. Nobody is asked whom the client cannot name, and nobody more often than they can read.
 *
 * @throws EngineError when the engine cannot be asked.
 */
export async function answerBackchannelRequest(
  ports: FlowPorts,
  request: OAuthRequest,
): Promise<OAuthAnswer> {
  const response = await ports.authlete["backchannel/authentication"](clientCall(request));
  switch (response.action) {
    case "USER_IDENTIFICATION":
      return answerGoodRequest(ports, response);
    case "BAD_REQUEST":
      return engineAnswer(ports, "ciba", { status: 400, response });
    case "UNAUTHORIZED":
      return engineAnswer(ports, "ciba", { status: 401, response });
    case "INTERNAL_SERVER_ERROR":
    case "UNKNOWN_ACTION":
      return engineFault(ports, "ciba", response);
  }
}

async function answerGoodRequest(ports: FlowPorts, request: GoodBackchannelRequest): Promise<OAuthAnswer> {
  const client = await clientOf(ports, request);
  if (!mayAskPeople(ports, client)) return answerFailed(ports, request, "UNAUTHORIZED_CLIENT");
  const subject = await subjectOf(ports, request);
  if (subject === undefined) return answerFailed(ports, request, "UNKNOWN_USER_ID");
  const reason = await whyNotAsked(ports, request, subject);
  if (reason !== undefined) return answerFailed(ports, request, reason);
  const issued = await ports.authlete["backchannel/authentication/issue"]({ ticket: request.ticket });
  switch (issued.action) {
    case "OK":
      await keep(ports, request, { client, subject, seconds: issued.expiresIn ?? DEFAULT_SECONDS });
      return engineAnswer(ports, "ciba", { status: 200, response: issued });
    case "INVALID_TICKET":
    case "INTERNAL_SERVER_ERROR":
    case "UNKNOWN_ACTION":
      return engineFault(ports, "ciba", issued);
  }
}

const DEFAULT_SECONDS = 300;

async function clientOf(ports: FlowPorts, { clientId }: GoodBackchannelRequest): Promise<Client | undefined> {
  return clientId === undefined ? undefined : findClient(ports, String(clientId));
}

/** The answer tells whether somebody exists (CIBA Core 13), so it is not for clients that anybody can make. */
function mayAskPeople({ settings }: FlowPorts, client: Client | undefined): boolean {
  if (client === undefined) return false;
  return client.dynamicallyRegistered !== true || settings.backchannelClients.has(String(client.clientId));
}

/** An ID token names its person itself, and the engine has verified it. The hint tokens of others nobody here can read. */
async function subjectOf(
  { accounts }: FlowPorts,
  { hintType, hint, sub }: GoodBackchannelRequest,
): Promise<string | undefined> {
  switch (hintType) {
    case "LOGIN_HINT":
      return hint === undefined ? undefined : (await accounts.findByHint(hint))?.subject;
    case "ID_TOKEN_HINT":
      return sub === undefined ? undefined : (await accounts.find(sub))?.subject;
    default:
      return undefined;
  }
}

/** More than this nobody reads before deciding: whoever sends more hopes for a tired yes. */
const MOST_WAITING = 5;
const LONGEST_MESSAGE = 100;
const UNPRINTABLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]/u;

async function whyNotAsked(
  ports: FlowPorts,
  { bindingMessage = "", userCode, userCodeRequired }: GoodBackchannelRequest,
  subject: string,
): Promise<BackchannelAuthenticationFailReason | undefined> {
  // Nobody has a user code here, so none can be right.
  if (userCodeRequired) return userCode === undefined ? "MISSING_USER_CODE" : "INVALID_USER_CODE";
  const isShowable = bindingMessage.length <= LONGEST_MESSAGE && !UNPRINTABLE.test(bindingMessage);
  if (!isShowable) return "INVALID_BINDING_MESSAGE";
  const waiting = await ports.backchannelRequests.list(subject, ports.clock());
  return waiting.length >= MOST_WAITING ? "ACCESS_DENIED" : undefined;
}

async function answerFailed(
  ports: FlowPorts,
  { ticket, clientId }: GoodBackchannelRequest,
  reason: BackchannelAuthenticationFailReason,
): Promise<OAuthAnswer> {
  const response = await ports.authlete["backchannel/authentication/fail"]({ ticket, reason });
  ports.log.info("audit.backchannel_refused", { clientId, reason });
  switch (response.action) {
    case "BAD_REQUEST":
      return engineAnswer(ports, "ciba", { status: 400, response });
    case "FORBIDDEN":
      return engineAnswer(ports, "ciba", { status: 403, response });
    case "INTERNAL_SERVER_ERROR":
    case "UNKNOWN_ACTION":
      return engineFault(ports, "ciba", response);
  }
}

async function keep(
  ports: FlowPorts,
  request: GoodBackchannelRequest,
  { client, subject, seconds }: { client: Client | undefined; subject: string; seconds: number },
): Promise<void> {
  const { clientId } = request;
  const document = describeBackchannelRequest(request, client);
  const id = newValue(ports.random);
  const now = ports.clock();
  await ports.backchannelRequests.insert({
    id,
    subject,
    sealed: ports.keyring.seal(JSON.stringify(document), sealedUnder(id)),
    createdAt: now,
    expiresAt: now + seconds * 1000,
  });
  ports.log.info("audit.backchannel_requested", { clientId, subject });
  await notifyPerson(ports, subject, { ...document, minutes: Math.floor(seconds / 60) });
}
