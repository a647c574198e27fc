import type { RefusalRow } from "../refusal-row.ts";

const ended = (text: string) => ["BAD_REQUEST", "invalid_request", text] as const;
const fault = (text: string) => ["INTERNAL_SERVER_ERROR", "server_error", text] as const;
const login = (text: string) => ["BAD_REQUEST", "login_required", text] as const;

/** What `auth/authorization/issue` and `auth/authorization/fail` refuse of their callers. */
const calls = {
  A041201: fault("The ticket is missing."),
  A041202: ended("There is no such ticket, or it was used."),
  A041203: fault("The ticket belongs to another service."),
  A041301: ended("The ticket has expired."),
  A042201: fault("The subject is missing."),
  A042202: fault("The subject is longer than 100 characters."),
  A042203: fault("The subject has a character that is not printable ASCII."),
  A042204: fault(
    "The sub for ID tokens is longer than 100 characters, or has one that is not printable ASCII.",
  ),
  A042205: fault("The grant that the request refers to belongs to another subject."),
  A043201: fault("The acr is too long."),
  A043202: fault("The acr has a character that is not printable ASCII."),
  A043203: fault("The time of the authentication is before 1970."),
  A044201: fault("The claims are not a JSON object."),
  A045101: fault("The access token could not be stored, because its value exists already."),
  A045201: fault("The extra properties are too big."),
  A045202: fault("The JWT access token could not be made."),
  A045203: fault("The extra parameters for the header of the ID token are too big."),
  A045303: ended(
    "The client of the ticket does not exist any more, is locked, or has given up its redirection URI.",
  ),
  A045304: ended("Another call used the ticket first. Nothing was issued."),
  A255201: fault("The extra parameters for the header of the ID token are not a JSON object."),
  A059201: fault("The ticket is missing."),
  A059202: ended("There is no such ticket, or it was used."),
  A059203: fault("The ticket belongs to another service."),
  A059301: ended("The ticket has expired."),
  A060201: fault("The reason is missing or unknown."),
  A387201: fault("The ticket is missing."),
  A387202: ended("There is no such ticket, it was used, or it has expired."),
  A387203: fault("The ticket belongs to another service."),
  A388201: fault("The ticket is missing."),
  A388202: ended("There is no such ticket, it was used, or it has expired."),
  A388203: fault("The ticket belongs to another service."),
  A388204: fault("The info is neither an object nor the JSON text of one."),
} as const satisfies Record<string, RefusalRow>;

/** What a decision against the request tells the client application (RFC 6749 4.1.2.1, OIDC Core 3.1.2.6). */
const reasons = {
  A060301: login("No user is signed in, and the request forbids to ask."),
  A060302: login("It is not known when the user was authenticated."),
  A060303: login("The user was authenticated too long ago."),
  A060304: login("Another user is signed in than the one asked for."),
  A060305: [
    "BAD_REQUEST",
    "unmet_authentication_requirements",
    "The authentication of the user does not satisfy the demanded context class.",
  ],
  A060306: ["BAD_REQUEST", "access_denied", "The user has denied the request."],
  A060307: ["BAD_REQUEST", "server_error", "The authorization server could not finish the request."],
  A060308: ["BAD_REQUEST", "server_error", "The authorization server failed."],
  A060309: login("The user was not authenticated."),
  A060310: ["BAD_REQUEST", "account_selection_required", "The user has to choose an account."],
  A060311: ["BAD_REQUEST", "consent_required", "The user has to consent."],
  A060312: ["BAD_REQUEST", "interaction_required", "The user has to be asked."],
  A060313: ["BAD_REQUEST", "invalid_target", "A requested resource is not acceptable."],
  A060314: ["BAD_REQUEST", "invalid_scope", "A requested scope is not acceptable."],
  A060315: ["BAD_REQUEST", "unauthorized_client", "The client may not make this request."],
  A060316: [
    "BAD_REQUEST",
    "temporarily_unavailable",
    "The authorization server is not available at the moment.",
  ],
  A499201: ["BAD_REQUEST", "server_error", "Native SSO was asked for, and the call names no session."],
} as const satisfies Record<string, RefusalRow>;

export const authorizationDecisionRefusals = { ...calls, ...reasons };
