import { z } from "zod";
import { signIn } from "../flow/sign-in.ts";
import { hashOf } from "../secret/hash.ts";
import { t } from "./init.ts";
import { browserProcedure } from "./procedures.ts";

const inputSchema = z.strictObject({
  username: z.string().min(1, "is empty").max(100, "has more than 100 characters"),
  password: z.string().min(1, "is empty").max(1024, "has more than 1024 characters"),
});

const outputSchema = z.strictObject({
  handle: z.string().describe("Stands for the ticket in token.issue, in this browser only."),
  subject: z.string(),
  next: z.literal("issue"),
});

export const loginRouter = t.router({
  /** Verifies a password and begins a sign-in, which `token.issue` finishes. */
  password: browserProcedure
    .input(inputSchema)
    .output(outputSchema)
    .mutation(async ({ ctx, input }) => {
      const { binding, ...pending } = await signIn(ctx.ports, { ...input, address: ctx.address });
      const { transaction, strictAttributes } = ctx.cookieRules;
      const maxAge = Math.floor(ctx.ports.settings.session.transactionMs / 1000);
      ctx.cookies.set(transaction(hashOf(pending.handle)), binding, { ...strictAttributes, maxAge });
      return pending;
    }),
});
