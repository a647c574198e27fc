import { z } from "zod";

/** Where somebody sees their second factor. */
export const PAGE = "/account/second-factor";

/** The page after a change, which it tells of. */
export function pageAfter(change: "off" | "sessions"): string {
  return `${PAGE}?notice=${change}`;
}

const formToken = z.string();
const password = z.string();
const code = z.string();

/** What the form that begins to set up an authenticator app sends. */
export const beginForm = {
  purpose: "second-factor-begin",
  schema: z.strictObject({ formToken, password }),
} as const;

/** What the form for the first code of the app sends. */
export const confirmForm = {
  purpose: "second-factor-confirm",
  schema: z.strictObject({ formToken, code }),
} as const;

/** What the button sends that ends what is shown: a setup, or recovery codes. */
export const leaveForm = { purpose: "second-factor-leave", schema: z.strictObject({ formToken }) } as const;

/** What the form for new recovery codes sends. */
export const codesForm = {
  purpose: "second-factor-codes",
  schema: z.strictObject({ formToken, password, code }),
} as const;

/** What the form sends that turns two-step sign-in off. */
export const offForm = {
  purpose: "second-factor-off",
  schema: z.strictObject({ formToken, password, code }),
} as const;

/** What the button sends that ends the other sessions. */
export const sessionsForm = {
  purpose: "end-other-sessions",
  schema: z.strictObject({ formToken }),
} as const;
