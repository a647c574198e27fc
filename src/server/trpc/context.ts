import type { Caller } from "../flow/caller.ts";
import type { FlowPorts } from "../flow/ports.ts";
import { type CookieJar, type CookieRules, cookieRules } from "../session/cookie.ts";

/**
 * Who calls. It is established from an access token, from being code of this process, or from a browser's cookies; nothing that a
 * caller says about itself counts.
 */
export type Actor = Caller | BrowserActor;

/** A browser: its cookies, and the address that it calls from where that is known. */
export type BrowserActor = { kind: "browser"; cookies: CookieJar; address?: string | undefined };

/** What procedures get. Plain values: nothing here knows where the call came from. */
export type Context = {
  ports: FlowPorts;
  actor: Actor;
  cookieRules: CookieRules;
  /** Ties what a caller sees to what the log says. */
  correlationId: string;
};

const CORRELATION_BYTES = 9;

/**
 * The context of a call.
 *
 * @param origin the public origin of this server: it decides the names of cookies.
 */
export function createContext(ports: FlowPorts, options: { actor: Actor; origin: string }): Context {
  return {
    ports,
    actor: options.actor,
    cookieRules: cookieRules(options.origin),
    correlationId: newCorrelationId(ports),
  };
}

/** A value that ties what one caller sees to what the log says. */
export function newCorrelationId({ random }: Pick<FlowPorts, "random">): string {
  return Buffer.from(random(CORRELATION_BYTES)).toString("base64url");
}

/**
 * The context of code in this process that acts for itself: it may do everything. Never build it from anything that a request says.
 *
 * @example const caller = createCaller(serverContext(await getServices()));
 */
export function serverContext(services: FlowPorts & { config: { origin: string } }): Context {
  return createContext(services, { actor: { kind: "server" }, origin: services.config.origin });
}

/** The context of a browser: for pages and server actions. */
export function browserContext(
  services: FlowPorts & { config: { origin: string } },
  browser: Omit<BrowserActor, "kind">,
): Context {
  return createContext(services, { actor: { kind: "browser", ...browser }, origin: services.config.origin });
}
