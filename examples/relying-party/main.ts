/**
 * An application that signs people in with Ticketgate: authorization code with PKCE, state and nonce, UserInfo, and a logout that ends the
 * session at Ticketgate too. All of the protocol is openid-client's; what is left is a session by cookie and two pages.
 *
 *   npm run dev          in one terminal, and in another
 *   npm run example      then open http://localhost:4000
 *
 * ISSUER, CLIENT_ID and PORT change where it signs in, as whom, and where it listens. The client that a development checkout brings is for
 * port 4000: at another one, unless CLIENT_ID says who it is, it registers itself (RFC 7591), which a development checkout lets it.
 */
import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import * as oidc from "openid-client";
import { announce, callback, home, port, provider } from "./provider.ts";

/** What is kept of a browser: first what a sign-in has to match, then who signed in. */
type Session = {
  expected?: { pkceCodeVerifier: string; expectedState: string; expectedNonce: string };
  person?: { idToken: string; claims: oidc.UserInfoResponse };
};
const sessions = new Map<string, Session>();

type Page = (session: Session, url: URL, response: ServerResponse) => Promise<void>;

const pages: Record<string, Page> = {
  "GET /": async ({ person }, _url, response) => {
    const body = person
      ? `<h1>Hello, ${escaped(person.claims.name ?? person.claims.sub)}</h1>
         <pre>${escaped(JSON.stringify(person.claims, null, 2))}</pre>
         <form method="post" action="/sign-out"><button>Sign out</button></form>`
      : `<h1>Nobody is signed in</h1><form method="post" action="/sign-in"><button>Sign in with Ticketgate</button></form>`;
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.end(`<!DOCTYPE html><html lang="en"><title>Example relying party</title>${body}</html>`);
  },

  "POST /sign-in": async (session, _url, response) => {
    const pkceCodeVerifier = oidc.randomPKCECodeVerifier();
    const [expectedState, expectedNonce] = [oidc.randomState(), oidc.randomNonce()];
    session.expected = { pkceCodeVerifier, expectedState, expectedNonce };
    redirect(
      response,
      oidc.buildAuthorizationUrl(provider, {
        redirect_uri: callback,
        scope: "openid profile email",
        state: expectedState,
        nonce: expectedNonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(pkceCodeVerifier),
        code_challenge_method: "S256",
      }),
    );
  },

  "GET /callback": async (session, url, response) => {
    const { expected } = session;
    delete session.expected;
    if (!expected) return redirect(response, home);
    const tokens = await oidc.authorizationCodeGrant(provider, url, { ...expected, idTokenExpected: true });
    const subject = tokens.claims()?.sub ?? "";
    const claims = await oidc.fetchUserInfo(provider, tokens.access_token, subject);
    session.person = { idToken: tokens.id_token ?? "", claims };
    redirect(response, home);
  },

  "POST /sign-out": async (session, _url, response) => {
    const { person } = session;
    delete session.person;
    if (!person) return redirect(response, home);
    const parameters = { id_token_hint: person.idToken, post_logout_redirect_uri: home };
    redirect(response, oidc.buildEndSessionUrl(provider, parameters));
  },
};

createServer(async (request, response) => {
  try {
    const url = new URL(request.url ?? "/", home);
    const page = pages[`${request.method} ${url.pathname}`];
    if (!page || isForeign(request)) return void response.writeHead(404).end("Not found");
    await page(sessionOf(request, response), url, response);
  } catch (error) {
    console.error(error);
    response
      .writeHead(500, { "content-type": "text/plain" })
      .end("The sign-in did not work: see the terminal.");
  }
}).listen(port, "localhost", announce);

function sessionOf({ headers }: IncomingMessage, response: ServerResponse): Session {
  const sent = /(?:^|; )example=([\w-]{43})/.exec(headers.cookie ?? "")?.[1];
  const known = sent === undefined ? undefined : sessions.get(sent);
  if (known) return known;
  const id = randomBytes(32).toString("base64url");
  const session: Session = {};
  sessions.set(id, session);
  response.setHeader("set-cookie", `example=${id}; HttpOnly; SameSite=Lax; Path=/`);
  return session;
}

/** What changes something comes from our own pages. */
function isForeign({ method, headers }: IncomingMessage): boolean {
  return method === "POST" && headers["sec-fetch-site"] !== "same-origin";
}

function redirect(response: ServerResponse, to: string | URL): void {
  response.writeHead(303, { location: String(to) }).end();
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
