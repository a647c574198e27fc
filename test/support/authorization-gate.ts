import { createHash, randomBytes } from "node:crypto";
import { addAccount } from "../../src/server/account/add-account.ts";
import type { Client } from "../../src/server/authlete/client.ts";
import { type Decision, decisionPurpose } from "../../src/server/flow/authorization/decide-request.ts";
import type { Endpoint } from "../../src/server/http/endpoint.ts";
import { createRouter } from "../../src/server/http/router.ts";
import { endpointTable } from "../../src/server/http/table.ts";
import { hashOf } from "../../src/server/secret/hash.ts";
import type { Services } from "../../src/server/services.ts";
import { cookieRules } from "../../src/server/session/cookie.ts";
import { createFormToken } from "../../src/server/session/form-token.ts";
import { newValue } from "../../src/server/session/value.ts";
import { createBrowser, demo, type Gate, ORIGIN, openGate } from "./gate.ts";

export const CALLBACK = "https://app.example/callback";

/** The application that most tests are about. */
export const application: Client = {
  clientName: "Example App",
  clientType: "CONFIDENTIAL",
  applicationType: "WEB",
  tokenAuthMethod: "CLIENT_SECRET_BASIC",
  grantTypes: ["AUTHORIZATION_CODE", "REFRESH_TOKEN"],
  responseTypes: ["CODE"],
  redirectUris: [CALLBACK],
  clientUri: "https://app.example/",
  logoUri: "https://app.example/logo.png",
  policyUri: "https://app.example/privacy",
  tosUri: "https://app.example/terms",
};

/** Endpoints in the place of ours, by the path of their row in the table. */
export type ReplacedEndpoints = (services: Services) => Partial<Record<string, Endpoint>>;

export type AuthorizationGate = Awaited<ReturnType<typeof openAuthorizationGate>>;
export type Visitor = ReturnType<typeof createVisitor>;

/** An answer to a browser. */
export type Answer = {
  status: number;
  headers: Headers;
  text: string;
  /** Where the answer sends the browser, by whatever means. */
  target: URL | undefined;
};

/** The whole of Ticketgate without sockets and pages, with an application that sends people to it. */
export async function openAuthorizationGate(
  options: NonNullable<Parameters<typeof openGate>[0]> & { replaced?: ReplacedEndpoints } = {},
) {
  const gate = await openGate(options);
  const route = createRouter(endpointTable(gate.services));
  const replaced = options.replaced?.(gate.services) ?? {};
  const send = async (request: Request): Promise<Answer> => {
    const row = route(new URL(request.url).pathname);
    if (!row) throw new Error(`no endpoint ${request.url}`);
    const response = await (replaced[row.path] ?? row.endpoint)(request);
    const { status, headers } = response;
    const to = headers.get("location") ?? headers.get("refresh")?.replace(/^0;url=/, "");
    return { status, headers, text: await response.text(), target: to ? new URL(to, ORIGIN) : undefined };
  };
  const register = async (changes: Client = {}): Promise<{ id: string; secret: string }> => {
    const made = await gate.services.authlete["client/create"]({ ...application, ...changes });
    return { id: String(made.clientId), secret: made.clientSecret ?? "" };
  };
  const own = await register();
  const clientId = own.id;
  return {
    ...gate,
    send,
    register,
    clientId,
    visitor: () => createVisitor(gate, send),
    /** Adds somebody with the password of the demo user; gives the subject. */
    addPerson: (username: string) =>
      addAccount(
        { accounts: gate.services.store.accounts, random: gate.services.random, clock: gate.clock },
        { username, password: demo.password },
      ),
    /** Somebody who has signed in. */
    async person() {
      const visitor = createVisitor(gate, send);
      await visitor.signIn();
      return visitor;
    },
    /** Redeems a code at the token endpoint (RFC 6749 4.1.3). */
    redeem: (code: string | undefined, changes: Record<string, string> = {}, client = own) =>
      formRequest(send, "/oauth/token", {
        client,
        parameters: new URLSearchParams({
          grant_type: "authorization_code",
          code: code ?? "",
          redirect_uri: CALLBACK,
          code_verifier: VERIFIER,
          ...changes,
        }),
      }),
    /** Pushes a request (RFC 9126 2.1); `null` for a client that does not authenticate. */
    push: (parameters: URLSearchParams, client: Credentials | null = own) =>
      formRequest(send, "/oauth/par", { client, parameters }),
    /** Any form to an endpoint, of a client that authenticates. */
    post: (path: string, parameters: Record<string, string>, client = own) =>
      formRequest(send, path, { client, parameters: new URLSearchParams(parameters) }),
    /** Any request to the token endpoint. */
    token: (parameters: Record<string, string>, client = own) =>
      formRequest(send, "/oauth/token", { client, parameters: new URLSearchParams(parameters) }),
    /** A valid request of the application (RFC 6749 4.1.1, RFC 7636 4.3, OIDC Core 3.1.2.1). */
    request: (changes: Record<string, string | undefined> = {}) => authorizationRequest(clientId, changes),
  };
}

type Credentials = { id: string; secret: string };

async function formRequest(
  send: (request: Request) => Promise<Answer>,
  path: string,
  { client, parameters }: { client: Credentials | null; parameters: URLSearchParams },
) {
  const { status, text } = await send(
    new Request(`${ORIGIN}${path}`, {
      method: "POST",
      headers: {
        ...(client ? { authorization: `Basic ${btoa(`${client.id}:${client.secret}`)}` } : {}),
        "content-type": "application/x-www-form-urlencoded",
      },
      body: parameters.toString(),
    }),
  );
  return { status, json: JSON.parse(text) as Record<string, unknown> };
}

/** The payload of a JWT. */
export function payloadOf(jwt: unknown): Record<string, unknown> {
  return JSON.parse(Buffer.from(String(jwt).split(".")[1] ?? "", "base64url").toString());
}

/** PKCE's verifier in every request of these tests. */
export const VERIFIER = "v".repeat(64);

/** The parameters of a valid request; a change to `undefined` leaves one out. */
export function authorizationRequest(
  clientId: string,
  changes: Record<string, string | undefined> = {},
): URLSearchParams {
  const parameters = {
    client_id: clientId,
    response_type: "code",
    redirect_uri: CALLBACK,
    scope: "openid profile",
    state: "state-1",
    nonce: "nonce-1",
    code_challenge: createHash("sha256").update(VERIFIER).digest("base64url"),
    code_challenge_method: "S256",
    ...changes,
  };
  const given = Object.entries(parameters).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return new URLSearchParams(given);
}

function createVisitor(gate: Gate, send: (request: Request) => Promise<Answer>) {
  const { services } = gate;
  const browser = createBrowser(services, gate.trpc);
  const { cookies } = browser;
  const rules = cookieRules(ORIGIN);
  cookies.set(
    rules.preSession,
    newValue((bytes) => randomBytes(bytes)),
  );

  async function ask(
    path: string,
    init: { method?: string; form?: URLSearchParams; headers?: HeadersInit } = {},
  ) {
    const headers = new Headers(init.headers);
    headers.set("cookie", [...cookies].map(([name, value]) => `${name}=${value}`).join("; "));
    if (init.form) headers.set("content-type", "application/x-www-form-urlencoded");
    const answer = await send(
      new Request(new URL(path, ORIGIN), {
        method: init.method ?? (init.form ? "POST" : "GET"),
        headers,
        ...(init.form ? { body: init.form.toString() } : {}),
      }),
    );
    for (const line of answer.headers.getSetCookie()) {
      const [pair = ""] = line.split(";");
      const at = pair.indexOf("=");
      if (/max-age=0/i.test(line)) cookies.delete(pair.slice(0, at));
      else cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
    return answer;
  }

  return {
    cookies,
    signIn: (username?: string, password?: string) => browser.signIn(username, password),
    /** Calls a procedure, as a page of ours does. */
    call: browser.call,
    ask,
    /** Comes from the application with a request. */
    authorize: (parameters: URLSearchParams) => ask(`/oauth/authorize?${parameters}`),
    /** Goes on with a request. */
    resume: (handle: string) => ask(`/oauth/interaction/${handle}`),
    /** The token of a form as a page makes it; `subject` is whom the page was shown to. */
    formToken(handle: string, decision: Decision, subject?: string): string {
      const preSession = cookies.get(rules.preSession) ?? "";
      const purpose = decisionPurpose({ handleHash: hashOf(handle), decision, subject });
      return createFormToken(services, purpose, preSession);
    },
    /** Sends a form of a page in a request. */
    send: (handle: string, form: Record<string, string>, headers: HeadersInit = ownPage) =>
      ask(`/oauth/interaction/${handle}`, { form: new URLSearchParams(form), headers }),
    /** Presses a button on a page that was shown to `subject`. */
    async decide(handle: string, decision: Decision, subject?: string) {
      const shownTo = decision === "deny" ? undefined : (subject ?? (await gate.subject()));
      return this.send(handle, { decision, form_token: this.formToken(handle, decision, shownTo) });
    },
    /** Comes with a request and agrees to whatever is asked; gives the parameters of the response. */
    async agree(parameters: URLSearchParams, subject?: string): Promise<Record<string, string>> {
      const asked = await this.authorize(parameters);
      const answer = asked.status === 303 ? await this.resume(handleOf(asked)) : asked;
      const handle = /^\/consent\/([\w-]{43})$/.exec(answer.target?.pathname ?? "")?.[1];
      return responseIn(handle === undefined ? answer : await this.decide(handle, "allow", subject));
    },
    /** Comes with a request, and gives the handle it waits under. */
    async begin(parameters: URLSearchParams): Promise<string> {
      return handleOf(await this.authorize(parameters));
    },
  };
}

/** What a browser says about a form of one of our own pages. */
export const ownPage = { "sec-fetch-site": "same-origin", origin: ORIGIN };

/** The handle that a request waits under, from the answer that says so. */
export function handleOf({ status, target, text }: Answer): string {
  const handle = /^\/oauth\/interaction\/([\w-]{43})$/.exec(target?.pathname ?? "")?.[1];
  if (status !== 303 || handle === undefined) throw new Error(`no interaction: ${status} ${text}`);
  return handle;
}

/** The parameters of an authorization response in an answer. */
export function responseIn({ target }: Answer): Record<string, string> {
  if (!target || `${target.origin}${target.pathname}` !== CALLBACK)
    throw new Error(`not a response: ${target}`);
  return Object.fromEntries(target.searchParams);
}
