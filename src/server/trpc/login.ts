import { z } from "zod";
import { enterCode } from "../flow/second-factor/sign-in-step.ts";
import { signIn } from "../flow/sign-in.ts";
import { hashOf } from "../secret/hash.ts";
import { t } from "./init.ts";
import { browserProcedure } from "./procedures.ts";

const inputSchema = z.strictObject({
  username: z.string().min(1, "is empty").max(100, "has more than 100 characters"),
  password: z.string().min(1, "is empty").max(1024, "has more than 1024 characters"),
  secondFactor: z
    .literal("required")
    .optional()
    .describe("Asks for a second factor whatever the account is set to; without it the account says."),
});

const codeSchema = z.strictObject({
  handle: z.string().min(1, "is empty").max(512, "is too long"),
  code: z
    .string()
    .min(1, "is empty")
    .max(100, "has more than 100 characters")
    .describe("Of the authenticator app, or a recovery code."),
});

const handleSchema = z.string().describe("Stands for the ticket in token.issue, in this browser only.");

const issueSchema = z.strictObject({ handle: handleSchema, subject: z.string(), next: z.literal("issue") });

const outputSchema = z.discriminatedUnion("next", [
  issueSchema,
  z.strictObject({ handle: handleSchema, next: z.literal("second-factor") }),
]);

export const loginRouter = t.router({
  /**
   * Verifies a password and begins a sign-in. `next` says what goes on with it: `token.issue`, which finishes it, or before that
   * `login.secondFactor`; who has to set up a second factor does that at `/second-factor/{handle}`.
   */
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

  /** Takes the code of a second factor for a sign-in that has begun in this browser, which `token.issue` then finishes. */
  secondFactor: browserProcedure
    .input(codeSchema)
    .output(issueSchema)
    .mutation(async ({ ctx, input }) => {
      const binding = ctx.cookies.get(ctx.cookieRules.transaction(hashOf(input.handle)));
      const { subject } = await enterCode(ctx.ports, { ...input, binding });
      return { handle: input.handle, subject, next: "issue" } as const;
    }),
});
