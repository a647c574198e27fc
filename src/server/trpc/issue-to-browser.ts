import type { z } from "zod";
import { TicketgateError } from "../flow/error.ts";
import { type BrowserGrant, issueTokenToBrowser } from "../flow/issue-token-to-browser.ts";
import { hashOf } from "../secret/hash.ts";
import type { CookieJar } from "../session/cookie.ts";
import type { Context } from "./context.ts";
import type { tokenIssueInputSchema } from "./token-input.ts";

type Input = z.infer<typeof tokenIssueInputSchema>;

/** `token.issue` for a browser: only a handle and a subject; the new session goes into its cookie. */
export async function issueToBrowser(
  { ports, cookieRules }: Context,
  cookies: CookieJar,
  { ticket: handle, subject, ...extras }: Input,
): Promise<BrowserGrant> {
  refuseExtras(extras);
  const { session, transaction, attributes, strictAttributes } = cookieRules;
  const name = transaction(hashOf(handle));
  const request = { handle, subject, binding: cookies.get(name), previousSession: cookies.get(session) };
  try {
    const { grant, sessionId } = await issueTokenToBrowser(ports, request);
    cookies.set(session, sessionId, attributes);
    return grant;
  } finally {
    if (request.binding !== undefined) cookies.clear(name, strictAttributes);
  }
}

/** Threats T11 to T14: what a token holds, is and lives for is not a browser's to say. */
function refuseExtras(extras: Omit<Input, "ticket" | "subject">): void {
  const given = Object.entries(extras).filter(([, value]) => value !== undefined);
  if (given.length === 0) return;
  const fields = Object.fromEntries(given.map(([name]) => [name, ["may not be set from a browser"]]));
  throw new TicketgateError("FORBIDDEN", { fields });
}
