import type { RequestDocument } from "./request-document.ts";

/** Why a person sees a page of ours that explains, in place of what they were on the way to. */
export type Problem =
  /** The application's request is none: nobody knows where an answer could go, so it goes nowhere. */
  | "REQUEST_REFUSED"
  /** A pushed request that is used up, or whose time is over (RFC 9126 section 4). */
  | "REQUEST_USED"
  /** Another browser's, forgotten, or never there: one text for all of them. */
  | "REQUEST_UNKNOWN"
  /** Decided already, or being decided. */
  | "REQUEST_OVER"
  | "REQUEST_EXPIRED"
  /** The engine would not end it. */
  | "REQUEST_FAILED"
  | "FOREIGN_FORM"
  | "UNAVAILABLE"
  | "FAULT";

/** The application that a person came from, as far as it may be named. `home` is https. */
export type Origin = Pick<RequestDocument["client"], "name" | "home" | "localised">;

/** The pages on which a person does something for a request. */
export type RequestPage = "sign-in" | "register" | "choose-account" | "consent" | "resume";

/** What an authorization request, or a step in it, comes to. */
export type Outcome =
  /** An address of the client with a response in it. */
  | { kind: "redirect"; location: string; client: Origin | undefined }
  /** A page of the engine that sends a response to the client by itself. */
  | { kind: "form"; html: string }
  /** The request waits for a person: the browser gets a handle and a cookie. */
  | { kind: "begun"; handle: string; binding: string; uiLocales: readonly string[] }
  | { kind: "page"; page: RequestPage; handle: string; uiLocales: readonly string[] }
  | {
      kind: "problem";
      problem: Problem;
      client?: Origin | undefined;
      uiLocales?: readonly string[];
      correlationId?: string;
      /** For whoever develops the application: words of the specification. */
      error?: { error: string; description: string | undefined } | undefined;
    };
