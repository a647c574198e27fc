import "server-only";
import { cookies } from "next/headers";
import { type SignedIn, signedInAt } from "../../server/flow/authorization/signed-in.ts";
import type { PublicError } from "../../server/flow/error.ts";
import { getServices, type Services } from "../../server/services.ts";
import { type CookieJar, cookieRules } from "../../server/session/cookie.ts";

export type CookieStore = Awaited<ReturnType<typeof cookies>>;

/** A page could not be made. Next shows the digest of an error and nothing else of it: here it is the correlation id. */
export class PageError extends Error {
  readonly digest: string | undefined;

  constructor({ text, correlationId }: PublicError) {
    super(text);
    this.name = "PageError";
    this.digest = correlationId;
  }
}

/**
 * The services and the cookies of a request. The cookies first: while pages are built there is no request, which ends the page there, and no
 * configuration either, which would be an error.
 */
export async function atRequest(): Promise<readonly [Services, CookieStore]> {
  const store = await cookies();
  return [await getServices(), store];
}

/** Who is signed in at this browser. */
export async function signedInHere(): Promise<SignedIn | undefined> {
  const [services, store] = await atRequest();
  return signedInAt(services, sessionOf(services, store));
}

/** The value of the session cookie. */
export function sessionOf({ config }: Services, store: CookieStore): string | undefined {
  return pageJar(store).get(cookieRules(config.origin).session);
}

/** What forms of this browser are bound to, from before anybody signed in. */
export function preSessionOf({ config }: Services, store: CookieStore): string | undefined {
  return store.get(cookieRules(config.origin).preSession)?.value;
}

/** For server actions: what is set goes to the browser. */
export function actionJar(store: CookieStore): CookieJar {
  return {
    // Next keeps a cookie that was cleared as an empty one.
    get: (name) => store.get(name)?.value || undefined,
    set: (name, value, attributes) => void store.set(name, value, attributes),
    clear: (name, attributes) => void store.set(name, "", { ...attributes, maxAge: 0 }),
  };
}

/** A page cannot set cookies. It need not: `src/proxy.ts` has put them right before. */
export function pageJar(store: CookieStore): CookieJar {
  return { get: (name) => store.get(name)?.value || undefined, set: () => {}, clear: () => {} };
}
