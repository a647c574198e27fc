/**
 * The closed catalogue of what can go wrong for a caller. Hooks, server callers and actions all see these;
 * whatever is not here becomes `INTERNAL_ERROR` with a correlation id, and its own text stays in the log.
 */
export const catalogue = {
  BAD_REQUEST: {
    status: 400,
    text: "The request is not valid.",
    advice: "Correct the fields that are named, and send it again.",
  },
  FORM_EXPIRED: {
    status: 400,
    text: "This page has expired.",
    advice: "Try again on the page as it is now.",
  },
  CREDENTIALS_INVALID: {
    status: 401,
    text: "The user name or the password is not right.",
    advice: "Check both and try again.",
  },
  SECOND_FACTOR_INVALID: {
    status: 401,
    text: "The code is not right.",
    advice: "Type the code that is shown now. Each one works once.",
  },
  UNAUTHORIZED: {
    status: 401,
    text: "Nobody is signed in, or the access token is not valid.",
    advice: "Sign in, or get an access token with the scope token:issue.",
  },
  TICKET_INVALID: {
    status: 400,
    text: "This sign-in cannot be continued.",
    advice: "Start again: a sign-in works once, for a short time, and in one browser.",
  },
  SUBJECT_MISMATCH: {
    status: 403,
    text: "The subject is not the one that was authenticated.",
    advice: "Start the sign-in again.",
  },
  FORBIDDEN: {
    status: 403,
    text: "This caller may not do that.",
    advice: "See which actor may do what in the README.",
  },
  CROSS_SITE_REFUSED: {
    status: 403,
    text: "The request does not come from this site's own pages.",
    advice: "Call from the same origin, with the headers that the client of Ticketgate sends.",
  },
  NOT_FOUND: {
    status: 404,
    text: "There is nothing here.",
    advice: "Check the address or the procedure's name.",
  },
  METHOD_NOT_ALLOWED: {
    status: 405,
    text: "This method is not allowed here.",
    advice: "Use the documented method.",
  },
  PAYLOAD_TOO_LARGE: { status: 413, text: "The request is too large.", advice: "Send less at once." },
  UNSUPPORTED_MEDIA_TYPE: {
    status: 415,
    text: "Only application/json is accepted.",
    advice: "Send JSON with its content type.",
  },
  BATCH_REFUSED: {
    status: 400,
    text: "These calls may not be sent as one batch.",
    advice: "Send sensitive calls alone, and at most ten others together.",
  },
  TOO_MANY_REQUESTS: { status: 429, text: "Too many tries.", advice: "Wait a little and try again." },
  ENGINE_UNAVAILABLE: {
    status: 503,
    text: "Sign-in is not available at the moment.",
    advice: "Try again in a few minutes. If it goes on, quote the correlation id.",
  },
  INTERNAL_ERROR: {
    status: 500,
    text: "Something went wrong.",
    advice: "Try again. If it goes on, quote the correlation id.",
  },
} as const satisfies Record<string, { status: number; text: string; advice: string }>;

export type ErrorCode = keyof typeof catalogue;

/** What is wrong with which field: names from the input schema, texts without any of the input's values. */
export type FieldErrors = Record<string, string[]>;

/** What leaves the server about a failure. */
export type PublicError = {
  code: ErrorCode;
  status: number;
  text: string;
  advice: string;
  fields?: FieldErrors;
  correlationId?: string;
};

/** A failure from the catalogue. `detail` and `cause` are for the log and never leave the server. */
export class TicketgateError extends Error {
  readonly code: ErrorCode;
  readonly fields: FieldErrors | undefined;
  readonly detail: string | undefined;
  /** Ties what the caller sees to what the log says; set where a failure of ours is written to the log. */
  correlationId: string | undefined;

  constructor(code: ErrorCode, options: { fields?: FieldErrors; detail?: string; cause?: unknown } = {}) {
    super(catalogue[code].text, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "TicketgateError";
    this.code = code;
    this.fields = options.fields;
    this.detail = options.detail;
  }
}
