import { t } from "./init.ts";
import { loginRouter } from "./login.ts";
import { sessionRouter } from "./session.ts";
import { tokenRouter } from "./token.ts";

/** All procedures. */
export const appRouter = t.router({ login: loginRouter, token: tokenRouter, session: sessionRouter });

/** The type that clients are made from. */
export type AppRouter = typeof appRouter;

/** Calls procedures in process: `createCaller(context).token.issue({ ... })`. */
export const createCaller = t.createCallerFactory(appRouter);
