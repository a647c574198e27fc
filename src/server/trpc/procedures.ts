import { catalogue, TicketgateError } from "../flow/error.ts";
import type { Context } from "./context.ts";
import { t } from "./init.ts";
import { ticketgateError, trpcError } from "./public-error.ts";

/** Turns whatever a procedure throws into an error of the catalogue, and writes to the log what the caller does not see. */
const inCatalogue = t.middleware(async ({ ctx, path, next }) => {
  const result = await next();
  if (result.ok) return result;
  const error = ticketgateError(result.error);
  const { status } = catalogue[error.code];
  if (status >= 500) error.correlationId = ctx.correlationId;
  report(ctx, path, error);
  throw trpcError(error);
});

function report({ ports, actor, correlationId }: Context, path: string, error: TicketgateError): void {
  const fields = { path, actor: actor.kind, errorCode: error.code, detail: error.detail, correlationId };
  if (catalogue[error.code].status >= 500)
    ports.log.error("procedure.failed", { ...fields, cause: error.cause });
  else ports.log.info("procedure.refused", fields);
}

/** For every actor. */
export const procedure = t.procedure.use(inCatalogue);

/** For browsers: `ctx.cookies` is there, and `ctx.address` where it is known. */
export const browserProcedure = procedure.use(({ ctx, next }) => {
  if (ctx.actor.kind !== "browser") throw new TicketgateError("FORBIDDEN", { detail: "not a browser" });
  const { cookies, address } = ctx.actor;
  return next({ ctx: { cookies, address } });
});

/** For back ends and code of this process: `ctx.caller` is one of them. */
export const callerProcedure = procedure.use(({ ctx, next }) => {
  if (ctx.actor.kind === "browser") throw new TicketgateError("UNAUTHORIZED", { detail: "a browser" });
  return next({ ctx: { caller: ctx.actor } });
});
