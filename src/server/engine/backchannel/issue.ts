import type { Request, Response } from "../../authlete/operations.ts";
import { hashOf } from "../../secret/hash.ts";
import type { Artifact } from "../artifacts.ts";
import { changeArtifact } from "../change-artifact.ts";
import type { EngineContext } from "../context.ts";
import { givenNonEmptyText } from "../given.ts";
import { randomValue } from "../random-value.ts";
import { refuse, result } from "../refusal.ts";
import { backchannelLifetime } from "./lifetime.ts";
import { sealForTicket } from "./seals.ts";

/**
 * `backchannel/authentication/issue`: the `auth_req_id` for the client (CIBA Core 7.3), once. From now on its time runs; the
 * ticket lives on for the decision of the user.
 */
export async function issueAuthReqId(
  context: EngineContext,
  request: Partial<Request<"backchannel/authentication/issue">>,
): Promise<Response<"backchannel/authentication/issue">> {
  const ticket = givenNonEmptyText(request.ticket) ?? refuse("A182201");
  const authReqId = randomValue(context.random);
  const sealedAuthReqId = sealForTicket(context, ticket, { part: "auth_req_id", value: authReqId });
  const key = { kind: "backchannel_ticket", keyHash: hashOf(ticket) } as const;
  const { document } = await changeArtifact(context, key, (stored) => {
    const waiting = checkWaiting(context, stored);
    const expiresIn = backchannelLifetime(context.service, waiting.document);
    return {
      ...waiting,
      aliasHash: hashOf(authReqId),
      document: { ...waiting.document, issued: true, sealedAuthReqId, nextPollAt: context.now },
      expiresAt: context.now + expiresIn * 1000,
    };
  });
  const expiresIn = backchannelLifetime(context.service, document);
  const { interval, deliveryMode } = document;
  return {
    ...result("A183001", "The client can wait for the decision of the user."),
    action: "OK",
    responseContent: JSON.stringify({
      auth_req_id: authReqId,
      expires_in: expiresIn,
      ...(deliveryMode === "PUSH" ? {} : { interval }),
    }),
    authReqId,
    expiresIn,
    interval,
  };
}

function checkWaiting(
  { serviceId, now }: EngineContext,
  stored: Artifact<"backchannel_ticket"> | undefined,
): Artifact<"backchannel_ticket"> {
  if (!stored) return refuse("A181201");
  if (stored.serviceId !== serviceId) refuse("A181202");
  if (stored.document.outcome || stored.spentAt !== undefined) refuse("A181204");
  if (stored.expiresAt <= now) refuse("A181203");
  return stored.document.issued ? refuse("A181205") : stored;
}
