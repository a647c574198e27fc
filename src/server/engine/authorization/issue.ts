import type { Client } from "../../authlete/client.ts";
import type { Request, Response } from "../../authlete/operations.ts";
import type { EngineContext } from "../context.ts";
import type { AuthorizedGrant } from "../grant/authorized-grant.ts";
import { Refusal, type RefusalCode, refusals, result } from "../refusal.ts";
import { insertTokens } from "../token/insert-tokens.ts";
import { readDecision } from "./decision.ts";
import { endWithError } from "./end-with-error.ts";
import { rememberGrantedScopes } from "./granted-scopes.ts";
import { type IssuedContents, mintContents, responseParameters } from "./issued-response.ts";
import { changeGrant, type GrantChange, grantChange } from "./managed-grant.ts";
import { answeringByChannel } from "./response/answering.ts";
import { respond } from "./response/respond.ts";
import { findUsableTicket, type StoredTicket, spendTicket } from "./ticket.ts";
import { findClientOfTicket } from "./ticket-client.ts";
import { whyNotIssued } from "./why-not-issued.ts";

/**
 * `auth/authorization/issue`: the user has agreed, and the client gets what its response type asks for. Whatever is wrong with the call
 * leaves the ticket as it was; spending it and storing what is given out is one transaction.
 */
export async function issueAuthorization(
  context: EngineContext,
  call: Partial<Request<"auth/authorization/issue">>,
): Promise<Response<"auth/authorization/issue">> {
  return answeringByChannel(context, async () => {
    const ticket = await findUsableTicket(context, call.ticket, {
      missing: "A041201",
      unknown: "A041202",
      foreign: "A041203",
      expired: "A041301",
    });
    const client = await findClientOfTicket(context, ticket);
    if (ticket.document.request.responseType === "NONE") return agree(context, { ticket, client });
    return issueTo(context, { ticket, client }, call);
  });
}

type TicketHolder = { ticket: StoredTicket; client: Client };

/** `response_type=none`: the client learns that the user agreed, and no more. */
async function agree(
  context: EngineContext,
  { ticket, client }: TicketHolder,
): Promise<Response<"auth/authorization/issue">> {
  const delivery = await respond(context, { ...ticket.document.request, client }, []);
  await context.store.write((transaction) => spendTicket(context, transaction, { ticket, code: "A045304" }));
  return { ...success, ...delivery, ...ticketInfo(ticket) };
}

async function issueTo(
  context: EngineContext,
  { ticket, client }: TicketHolder,
  call: Partial<Request<"auth/authorization/issue">>,
): Promise<Response<"auth/authorization/issue">> {
  const { request } = ticket.document;
  const decided = readDecision(context, { client, request, call });
  const code = whyNotIssued(context, { client, request, grant: decided });
  if (code) return endWithError(context, { ticket, client }, { code, codeIfSpent: "A045304" });
  const change = grantChange(context, request);
  const grant = change ? { ...decided, grantId: change.grantId } : decided;
  const contents = await contentsOrCode(() => mintContents(context, { client, request, grant, call }));
  if (typeof contents === "string") {
    return endWithError(context, { ticket, client }, { code: contents, codeIfSpent: "A045304" });
  }
  const delivery = await respond(context, { ...request, client }, responseParameters(context, contents));
  await store(context, { ticket, client }, { grant, change, contents });
  return { ...success, ...delivery, ...contentMembers(contents), ...ticketInfo(ticket) };
}

/** What makes an ID token impossible may be the client's own doing: then it is the client that has to know. */
async function contentsOrCode(mint: () => Promise<IssuedContents>): Promise<IssuedContents | RefusalCode> {
  try {
    return await mint();
  } catch (error) {
    if (error instanceof Refusal && refusals[error.code][0] === "BAD_REQUEST") return error.code;
    throw error;
  }
}

type Issuing = { grant: AuthorizedGrant; change: GrantChange | undefined; contents: IssuedContents };

async function store(
  context: EngineContext,
  { ticket, client }: TicketHolder,
  { grant, change, contents }: Issuing,
): Promise<void> {
  const { code, token } = contents;
  await context.store.write(async (transaction) => {
    await spendTicket(context, transaction, { ticket, code: "A045304" });
    await rememberGrantedScopes(context, transaction, grant);
    if (change) await changeGrant(context, transaction, { change, grant });
    if (code) await transaction.insertArtifact(code.artifact);
    if (token) await insertTokens(transaction, { context, client, row: token.row }, "A045101");
  });
}

const success = result("A040001", "The authorization request was granted.");

function contentMembers({ code, token, idToken }: IssuedContents) {
  return {
    ...(code ? { authorizationCode: code.value } : {}),
    ...(token
      ? {
          accessToken: token.accessToken,
          accessTokenExpiresAt: token.row.accessTokenExpiresAt,
          accessTokenDuration: token.row.accessTokenDuration,
        }
      : {}),
    ...(token?.jwtAccessToken === undefined ? {} : { jwtAccessToken: token.jwtAccessToken }),
    ...(idToken === undefined ? {} : { idToken }),
  };
}

function ticketInfo({ document: { context } }: StoredTicket) {
  return context === undefined ? {} : { ticketInfo: { context } };
}
