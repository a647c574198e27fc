import { initTRPC } from "@trpc/server";
import superjson from "superjson";
import type { Context } from "./context.ts";
import { publicError } from "./public-error.ts";

/**
 * tRPC with superjson, so that times are `Date`s on both sides, and with errors of the catalogue only: `error.data` is a
 * `PublicError` whatever was thrown.
 */
export const t = initTRPC.context<Context>().create({
  transformer: superjson,
  isDev: false,
  errorFormatter({ shape, error }) {
    const data = publicError(error);
    return { ...shape, message: data.text, data };
  },
});
