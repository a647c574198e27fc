import type { Client } from "../../authlete/client.ts";
import type { Request, Response } from "../../authlete/operations.ts";
import { readJwtAtClaims } from "../access-token/jwt-at-claims.ts";
import { type MintedToken, mintRefreshToken, mintToken } from "../access-token/mint.ts";
import { checkPropertiesSize, readProperties } from "../access-token/properties.ts";
import type { EngineContext } from "../context.ts";
import type { TokenTicket } from "../records.ts";
import { refuse, result } from "../refusal.ts";
import { refreshTokenIsIssued } from "./grant-type.ts";
import { insertTokens } from "./insert-tokens.ts";
import { readSubject } from "./subject.ts";
import { findUsableTicket } from "./ticket.ts";
import { issuedMembers } from "./token-answer.ts";

/**
 * `auth/token/issue`: exchanges a ticket of the password grant for tokens of an authenticated subject. Whatever is wrong
 * with the call leaves the ticket as it was; spending it and storing the tokens is one transaction.
 */
export async function issueToken(
  context: EngineContext,
  request: Partial<Request<"auth/token/issue">>,
): Promise<Response<"auth/token/issue">> {
  const ticket = await findUsableTicket(context, request.ticket, {
    missing: "A055201",
    unknown: "A055202",
    foreign: "A055203",
    expired: "A055301",
  });
  const client = await findClientOfTicket(context, ticket);
  const minted = mintSubjectToken(context, { ticket, client }, request);
  await spendTicketForToken(context, { ticket, client }, minted);
  return {
    ...result("A054001", "Tokens were issued for the subject."),
    action: "OK",
    ...issuedMembers(context, client, minted),
  };
}

type TicketHolder = { ticket: TokenTicket; client: Client };

/** The client is read again: it may have been removed or locked while the user was signing in. */
async function findClientOfTicket(context: EngineContext, ticket: TokenTicket): Promise<Client> {
  const client = await context.store.read.findClient(context.serviceId, String(ticket.clientId));
  return client && !client.locked ? client : refuse("A061103");
}

function mintSubjectToken(
  context: EngineContext,
  { ticket, client }: TicketHolder,
  request: Partial<Request<"auth/token/issue">>,
): MintedToken {
  const subject = readSubject(request.subject);
  const properties = readProperties(request.properties);
  checkPropertiesSize(properties, "A061201");
  const jwtAtClaims = readJwtAtClaims(request.jwtAtClaims, "A061202");
  const { clientId, clientIdAliasUsed, scopes, resources, details } = ticket;
  const refreshToken = refreshTokenIsIssued(context.service, client)
    ? mintRefreshToken(context, { client, scopes }, request)
    : undefined;
  return mintToken(
    context,
    {
      client,
      clientId,
      clientIdAliasUsed,
      subject,
      grantType: "PASSWORD",
      scopes,
      properties,
      resources,
      accessTokenResources: resources,
      jwtAtClaims,
      details,
    },
    { wishes: request, refreshToken, jwtFailure: "A061202" },
  );
}

async function spendTicketForToken(
  context: EngineContext,
  { ticket, client }: TicketHolder,
  { row }: MintedToken,
): Promise<void> {
  await context.store.write(async (transaction) => {
    if (!(await transaction.consumeTicket(ticket.ticketHash))) refuse("A061301");
    await insertTokens(transaction, { context, client, row }, "A061101");
  });
}
