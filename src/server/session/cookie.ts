/** What a cookie that is set carries besides its value. */
export type CookieAttributes = {
  httpOnly: true;
  secure: boolean;
  sameSite: "strict" | "lax";
  path: "/";
  /** Seconds; absent for a cookie that ends with the browser. */
  maxAge?: number;
};

/** The cookies of one browser while one request is answered: what it sent, and what it is told to keep. */
export interface CookieJar {
  /** The value as it stands now: what was set during this request, else what the browser sent. */
  get(name: string): string | undefined;
  set(name: string, value: string, attributes: CookieAttributes): void;
  clear(name: string, attributes: CookieAttributes): void;
}

/** Names and attributes of our cookies at one origin. */
export type CookieRules = {
  session: string;
  preSession: string;
  /** The language that a person chose for the pages. */
  language: string;
  /** One cookie a sign-in, so that several tabs do not disturb each other. */
  transaction(handleHash: string): string;
  /** One cookie an authorization request that waits for a person. */
  interaction(handleHash: string): string;
  /** What the names of those cookies begin with. */
  interactionPrefix: string;
  /** Of the session, pre-session and interaction cookies: sent when a person follows a link to this site. */
  attributes: CookieAttributes;
  /** Of a transaction's cookie: only this site's own pages ever need it. */
  strictAttributes: CookieAttributes;
};

const ID_LENGTH = 8;

/**
 * The cookies of an origin. Over https their names begin with `__Host-Http-`: a browser takes such a cookie only from
 * this host, over TLS, and never from a script. Over http, which is loopback only, browsers differ in what they keep, so the
 * names are plain and `Secure` is absent.
 *
 * @param origin the public origin of this server.
 * @see draft-ietf-httpbis-rfc6265bis, section 4.1.3
 */
export function cookieRules(origin: string): CookieRules {
  const secure = origin.startsWith("https:");
  const prefix = secure ? "__Host-Http-ticketgate" : "ticketgate-dev";
  return {
    session: prefix,
    preSession: `${prefix}-pre`,
    language: `${prefix}-language`,
    transaction: (handleHash) => `${prefix}-tx-${handleHash.slice(0, ID_LENGTH)}`,
    interaction: (handleHash) => `${prefix}-ia-${handleHash.slice(0, ID_LENGTH)}`,
    interactionPrefix: `${prefix}-ia-`,
    // Lax, because an application that sends a person here to sign in must find the session of that person. Whatever changes
    // something has checks of its own.
    attributes: { httpOnly: true, secure, sameSite: "lax", path: "/" },
    strictAttributes: { httpOnly: true, secure, sameSite: "strict", path: "/" },
  };
}

/** The value of a `Cookie` header as a map. Of a repeated name the first one counts, as browsers order them. */
export function parseCookies(header: string | null): Map<string, string> {
  const cookies = new Map<string, string>();
  for (const pair of (header ?? "").split(";")) {
    const at = pair.indexOf("=");
    if (at < 1) continue;
    const name = pair.slice(0, at).trim();
    if (!cookies.has(name)) cookies.set(name, pair.slice(at + 1).trim());
  }
  return cookies;
}

/** A `Set-Cookie` value. Names and values are our own base64url and need no encoding. */
export function serialiseCookie(name: string, value: string, attributes: CookieAttributes): string {
  const { maxAge, secure, sameSite, path } = attributes;
  return [
    `${name}=${value}`,
    `Path=${path}`,
    ...(maxAge === undefined ? [] : [`Max-Age=${maxAge}`]),
    "HttpOnly",
    ...(secure ? ["Secure"] : []),
    `SameSite=${sameSite === "strict" ? "Strict" : "Lax"}`,
  ].join("; ");
}

/** A jar over the `Cookie` header of a request; `setCookies` is what the response has to say. */
export function requestCookieJar(header: string | null): CookieJar & { setCookies(): string[] } {
  const values = parseCookies(header);
  const changes = new Map<string, string>();
  return {
    get: (name) => values.get(name),
    set(name, value, attributes) {
      values.set(name, value);
      changes.set(name, serialiseCookie(name, value, attributes));
    },
    clear(name, attributes) {
      values.delete(name);
      changes.set(name, serialiseCookie(name, "", { ...attributes, maxAge: 0 }));
    },
    setCookies: () => [...changes.values()],
  };
}
