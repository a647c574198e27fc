/** Where an attacker can reach Ticketgate, or where what it holds can come out. */
export type Surface =
  /** The procedures over HTTP. */
  | "trpc"
  /** `/oauth/token`, `/oauth/introspect`, `/oauth/revoke`, `/oauth/jwks`. */
  | "oauth"
  /** The engine's own HTTP face. */
  | "web-api"
  /** Pages, their headers and the proxy before them. */
  | "page"
  /** Forms that are sent without JavaScript. */
  | "action"
  /** The session, its cookies and what the store keeps of it. */
  | "session"
  /** Lines of the log. */
  | "log"
  /** What a browser downloads as a script. */
  | "bundle"
  /** Configuration, and calls that this server makes. */
  | "configuration"
  /** `/oauth/authorize`, `/oauth/interaction`, and the pages of a request: consent, choice of account. */
  | "interaction"
  /** `/oauth/device` and the pages where people let devices in. */
  | "device"
  /** `/oauth/ciba` and the page where people decide what is asked there. */
  | "ciba"
  /** `/oauth/logout` and the pages around it. */
  | "logout"
  /** The forms that make and change accounts, and the links that are mailed for them. */
  | "account"
  /** `/oauth/register`: clients that register themselves. */
  | "registration"
  /** Tokens for assertions, and for other tokens. */
  | "exchange";

/** One row of the threat model. */
export type Threat = {
  /** In one line, in terms of what the attacker wants. */
  title: string;
  /** Its test in this directory. More files may follow with the same number. */
  file: `t${string}.test.ts`;
  /** Where it can be tried. Each needs an attack of its own. */
  surfaces: readonly Surface[];
};

/** The threats to a `token.issue` that a browser can reach, and to the authorization server around it. */
export const threats = {
  T1: {
    title: "sign in as somebody else by naming them",
    file: "t01-chosen-subject.test.ts",
    surfaces: ["trpc", "oauth", "action", "exchange"],
  },
  T2: {
    title: "a subject that is also the id of a client",
    file: "t02-client-as-subject.test.ts",
    surfaces: ["trpc", "session"],
  },
  T3: {
    title: "one person begins, another one finishes",
    file: "t03-switched-account.test.ts",
    surfaces: ["trpc", "interaction", "device", "ciba"],
  },
  T4: {
    title: "the engine's ticket comes out",
    file: "t04-ticket-theft.test.ts",
    surfaces: ["trpc", "session", "log", "page", "interaction"],
  },
  T5: {
    title: "a sign-in that is begun in one browser and finished in another",
    file: "t05-ticket-swap.test.ts",
    surfaces: ["trpc", "oauth", "interaction", "device", "account"],
  },
  T6: {
    title: "two tokens out of one ticket",
    file: "t06-replay.test.ts",
    surfaces: ["trpc", "action", "oauth", "interaction", "exchange"],
  },
  T7: {
    title: "a ticket of another kind becomes tokens",
    file: "t07-wrong-ticket-kind.test.ts",
    surfaces: ["trpc", "interaction", "account", "exchange"],
  },
  T8: {
    title: "another site calls with the victim's cookies",
    file: "t08-cross-site-request.test.ts",
    surfaces: ["trpc", "page", "action", "interaction", "logout", "device", "ciba", "account"],
  },
  T9: {
    title: "thousands of guesses in one request",
    file: "t09-batch-amplification.test.ts",
    surfaces: ["trpc"],
  },
  T10: {
    title: "the victim works in a session that the attacker prepared",
    file: "t10-session-fixation.test.ts",
    surfaces: ["trpc", "session", "action"],
  },
  T11: {
    title: "members of the token response of the attacker's choice",
    file: "t11-property-injection.test.ts",
    surfaces: ["trpc", "web-api"],
  },
  T12: {
    title: "claims of the attacker's choice in a signed token",
    file: "t12-claim-injection.test.ts",
    surfaces: ["trpc", "web-api"],
  },
  T13: {
    title: "a token that the attacker knows before it exists",
    file: "t13-token-fixation.test.ts",
    surfaces: ["trpc"],
  },
  T14: {
    title: "a token that lives longer than its client may have it",
    file: "t14-lifetime-stretch.test.ts",
    surfaces: ["trpc"],
  },
  T15: {
    title: "a token in the result of a procedure",
    file: "t15-token-in-result.test.ts",
    surfaces: ["trpc"],
  },
  T16: {
    title: "a token in what a page sends to the browser",
    file: "t16-token-in-page.test.ts",
    surfaces: ["page"],
  },
  T17: {
    title: "a token in an error",
    file: "t17-token-in-error.test.ts",
    surfaces: ["trpc"],
  },
  T18: {
    title: "a token in the log",
    file: "t18-token-in-log.test.ts",
    surfaces: ["log"],
  },
  T19: {
    title: "a secret in a script that the browser downloads",
    file: "t19-secret-in-bundle.test.ts",
    surfaces: ["bundle"],
  },
  T20: {
    title: "a server action is sent again",
    file: "t20-action-replay.test.ts",
    surfaces: ["action", "account"],
  },
  T21: {
    title: "the source of a server function comes out, or runs what it is sent",
    file: "t21-source-exposure.test.ts",
    surfaces: ["configuration"],
  },
  T22: {
    title: "this server calls, or believes to be, a host of the attacker's choice",
    file: "t22-host-confusion.test.ts",
    surfaces: ["configuration", "account"],
  },
  T23: {
    title: "a link to us that ends at the attacker's site",
    file: "t23-open-redirect.test.ts",
    surfaces: ["page", "interaction", "logout", "registration"],
  },
  T24: {
    title: "find out who has an account",
    file: "t24-user-enumeration.test.ts",
    surfaces: ["trpc", "account"],
  },
  T25: {
    title: "guess, flood and wear down",
    file: "t25-accounts.test.ts",
    surfaces: ["account", "device", "ciba", "registration"],
  },
  T26: {
    title: "a page in a frame under the victim's pointer",
    file: "t26-clickjacking.test.ts",
    surfaces: ["page", "interaction"],
  },
  T27: {
    title: "a text that becomes a script, which acts as the victim",
    file: "t27-scripts.test.ts",
    surfaces: ["page", "interaction"],
  },
  T28: {
    title: "JSON and texts that are read in another way than they look",
    file: "t28-accounts.test.ts",
    surfaces: ["account", "interaction", "registration", "ciba"],
  },
  T29: {
    title: "a grant past the pages where people are asked",
    file: "t29-password-grant.test.ts",
    surfaces: ["oauth", "registration"],
  },
  T30: {
    title: "the credential of the engine",
    file: "t30-engine-credential.test.ts",
    surfaces: ["web-api", "log"],
  },
  T31: {
    title: "a cache that gives one person what it kept of another",
    file: "t31-shared-cache.test.ts",
    surfaces: ["page", "trpc", "oauth", "interaction", "logout", "registration"],
  },
  T32: {
    title: "a password changes while something is under way",
    file: "t32-accounts.test.ts",
    surfaces: ["account", "trpc", "interaction"],
  },
} as const satisfies Record<`T${number}`, Threat>;
