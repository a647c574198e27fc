import { z } from "zod";
import { TicketgateError } from "../flow/error.ts";
import { failToken } from "../flow/fail-token.ts";
import { introspectToken } from "../flow/introspect-token.ts";
import { issueToken } from "../flow/issue-token.ts";
import { requestToken } from "../flow/request-token.ts";
import { revokeToken } from "../flow/revoke-token.ts";
import { t } from "./init.ts";
import { issueToBrowser } from "./issue-to-browser.ts";
import { callerProcedure, procedure } from "./procedures.ts";
import {
  tokenFailInputSchema,
  tokenIntrospectInputSchema,
  tokenIssueInputSchema,
  tokenRequestInputSchema,
  tokenRevokeInputSchema,
} from "./token-input.ts";
import {
  browserIssueSchema,
  failSchema,
  fullIssueSchema,
  introspectSchema,
  requestSchema,
  revokeSchema,
} from "./token-output.ts";

/** The union of answers would let the full one through to a browser, so a browser's passes its own list too, whatever made it. */
const listedForBrowsers = t.middleware(async ({ ctx, next }) => {
  const result = await next();
  if (result.ok && ctx.actor.kind === "browser") browserIssueSchema.parse(result.data);
  return result;
});

export const tokenRouter = t.router({
  /**
   * Turns a ticket into tokens for the subject that was authenticated. A browser gives its handle for the ticket, for the subject of its own
   * sign-in, and learns no token; back ends and code of this process get the full answer.
   */
  issue: procedure
    .input(tokenIssueInputSchema)
    .use(listedForBrowsers)
    .output(z.union([fullIssueSchema, browserIssueSchema]))
    .mutation(async ({ ctx, input }) => {
      const { actor, ports } = ctx;
      if (actor.kind === "browser") return issueToBrowser(ctx, actor.cookies, input);
      const { resultCode, ...issued } = await issueToken(ports, actor, input);
      const { accessTokenExpiresAt, clientId } = issued;
      if (accessTokenExpiresAt === undefined || clientId === undefined) {
        throw new TicketgateError("ENGINE_UNAVAILABLE", {
          detail: "the engine left out the expiry or the client",
        });
      }
      return {
        ...issued,
        subject: input.subject,
        accessTokenExpiresAt,
        clientId,
        ...(resultCode ? { resultCode } : {}),
      };
    }),

  /** `auth/token` of the engine: where a back end gets the ticket of a password grant. */
  request: callerProcedure
    .input(tokenRequestInputSchema)
    .output(requestSchema)
    .mutation(({ ctx, input }) => requestToken(ctx.ports, ctx.caller, input)),

  /** `auth/token/fail` of the engine: spends a ticket without tokens. */
  fail: callerProcedure
    .input(tokenFailInputSchema)
    .output(failSchema)
    .mutation(({ ctx, input }) => failToken(ctx.ports, ctx.caller, input)),

  /** `auth/introspection` of the engine: is this access token good for that call? */
  introspect: callerProcedure
    .input(tokenIntrospectInputSchema)
    .output(introspectSchema)
    .mutation(({ ctx, input }) => introspectToken(ctx.ports, input)),

  /** `auth/revocation` of the engine (RFC 7009), for the client whose credentials are given. */
  revoke: callerProcedure
    .input(tokenRevokeInputSchema)
    .output(revokeSchema)
    .mutation(({ ctx, input }) => revokeToken(ctx.ports, input)),
});
