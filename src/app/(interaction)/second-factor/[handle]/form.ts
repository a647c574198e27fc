import { z } from "zod";

const schema = z.strictObject({
  formToken: z.string(),
  handle: z.string(),
  next: z.string(),
  code: z.string(),
});

/** What the form for a code sends. */
export const codeForm = { purpose: "second-factor", schema } as const;

/** What the form for the first code of an authenticator app sends. */
export const enrolmentForm = { purpose: "second-factor-confirm", schema } as const;

/** What the button under the recovery codes sends. */
export const keptForm = { purpose: "second-factor-leave", schema: schema.omit({ code: true }) } as const;
