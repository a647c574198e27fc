import type { Request, Response } from "../../authlete/operations.ts";
import { changeArtifact } from "../change-artifact.ts";
import type { EngineContext } from "../context.ts";
import { givenNonEmptyText } from "../given.ts";
import { isJsonObject, readJsonObject } from "../json-object.ts";
import { Refusal, type RefusalCode, refusalResult, refuse, result } from "../refusal.ts";
import { findUsableTicket, type StoredTicket, type TicketCodes } from "./ticket.ts";

/** `auth/authorization/ticket/info`: what the caller keeps with a ticket. The ticket stays as it is. */
export async function getTicketInfo(
  context: EngineContext,
  call: Partial<Request<"auth/authorization/ticket/info">>,
): Promise<Response<"auth/authorization/ticket/info">> {
  return answering(infoCodes, async () => {
    const ticket = await findUsableTicket(context, call.ticket, infoCodes);
    return { ...result("A387001", "The ticket is there."), action: "OK" as const, info: infoOf(ticket) };
  });
}

/**
 * `auth/authorization/ticket/update`: replaces what the caller keeps with a ticket. The answer does not repeat it: the official
 * SDK reads a text where the API has an object.
 */
export async function updateTicket(
  context: EngineContext,
  call: Partial<Request<"auth/authorization/ticket/update">>,
): Promise<Response<"auth/authorization/ticket/update">> {
  return answering(updateCodes, async () => {
    const { kind, keyHash } = await findUsableTicket(context, call.ticket, updateCodes);
    const note = readNote(call.info);
    await changeArtifact(context, { kind, keyHash }, (stored) => {
      if (!stored || stored.spentAt !== undefined) return refuse(updateCodes.unknown);
      const { request } = stored.document;
      return { ...stored, document: { request, ...(note === undefined ? {} : { context: note }) } };
    });
    return { ...result("A388001", "The ticket was updated."), action: "OK" as const };
  });
}

const infoCodes: TicketCodes = {
  missing: "A387201",
  unknown: "A387202",
  foreign: "A387203",
  expired: "A387202",
};

const updateCodes: TicketCodes = {
  missing: "A388201",
  unknown: "A388202",
  foreign: "A388203",
  expired: "A388202",
};

function infoOf({ document: { context } }: StoredTicket) {
  return context === undefined ? {} : { context };
}

/** The object, or, for SDKs that know a text only, its JSON text. Without a context what was kept is forgotten. */
function readNote(info: unknown): string | undefined {
  const given = typeof info === "string" ? readJsonObject(info) : info;
  return isJsonObject(given) ? givenNonEmptyText(given.context) : refuse("A388204");
}

async function answering<Answer>(codes: TicketCodes, work: () => Promise<Answer>) {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const action = error.code === codes.unknown ? ("NOT_FOUND" as const) : ("CALLER_ERROR" as const);
    return { ...refusalResult(error.code as RefusalCode), action };
  }
}
