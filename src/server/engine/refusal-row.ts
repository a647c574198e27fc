/** What a refusal tells: the next action of the caller, the OAuth error code and a text. */
export type RefusalRow = readonly [
  action: "BAD_REQUEST" | "INVALID_CLIENT" | "INTERNAL_SERVER_ERROR",
  error: string,
  text: string,
];
