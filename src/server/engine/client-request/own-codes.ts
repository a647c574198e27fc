import { Refusal, type RefusalCode, refuse } from "../refusal.ts";

/** The codes that an endpoint has of its own for what a rule of all endpoints refuses. */
export type OwnCodes = Partial<Record<RefusalCode, RefusalCode>>;

/** Runs rules of all endpoints, and refuses with the endpoint's own codes where it has any. */
export async function withOwnCodes<Result>(codes: OwnCodes, rules: () => Promise<Result>): Promise<Result> {
  try {
    return await rules();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return refuse(codes[error.code] ?? error.code);
  }
}
