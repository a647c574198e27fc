import { z } from "zod";
import { currentSession } from "../flow/current-session.ts";
import { signOut } from "../flow/sign-out.ts";
import { tripSchema } from "../session/trip.ts";
import { t } from "./init.ts";
import { browserProcedure } from "./procedures.ts";

const currentSchema = z.discriminatedUnion("signedIn", [
  z.strictObject({ signedIn: z.literal(false) }),
  z.strictObject({
    signedIn: z.literal(true),
    subject: z.string(),
    username: z.string(),
    name: z.string(),
    clientId: z.string(),
    scopes: z.array(z.string()),
    expiresAt: z.date().describe("End of the access token."),
    sessionExpiresAt: z.date().describe("End of the session if nobody uses it."),
    trip: tripSchema,
  }),
]);

export const sessionRouter = t.router({
  /** Who is signed in at this browser. A cookie that opens nothing is cleared. */
  current: browserProcedure.output(currentSchema).query(async ({ ctx }) => {
    const { session, attributes } = ctx.cookieRules;
    const id = ctx.cookies.get(session);
    const current = await currentSession(ctx.ports, id);
    if (!current.signedIn && id !== undefined) ctx.cookies.clear(session, attributes);
    return current;
  }),

  /** Ends the session of this browser and revokes its tokens. */
  signOut: browserProcedure
    .output(z.strictObject({ signedOut: z.literal(true) }))
    .mutation(async ({ ctx }) => {
      const { session, attributes } = ctx.cookieRules;
      const id = ctx.cookies.get(session);
      ctx.cookies.clear(session, attributes);
      await signOut(ctx.ports, id);
      return { signedOut: true } as const;
    }),
});
