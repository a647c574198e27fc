import { Agent, fetch, type Response } from "undici";
import {
  type Authorized,
  type CodeFlowServer,
  encoded,
  type Issued,
  type Parameters,
  readRedirect,
  type TokenRequest,
} from "./code-flow-server.ts";
import { createCookieJar } from "./cookie-jar.ts";
import { web } from "./parties.ts";
import { servePeer } from "./peer-provider.ts";

const MOST_HOPS = 8;

/** oidc-provider, reached as browsers and clients reach it. */
export async function openPeerServer(): Promise<CodeFlowServer> {
  const { origin, close } = await servePeer();
  const dispatcher = new Agent();
  const post = ({ path, parameters, basic }: TokenRequest & { path: string }) =>
    fetch(`${origin}${path}`, {
      dispatcher,
      method: "POST",
      headers: {
        "content-type": "application/x-www-form-urlencoded",
        ...(basic && { authorization: `Basic ${btoa(`${formValue(basic.id)}:${formValue(basic.secret)}`)}` }),
      },
      body: encoded(parameters),
    });
  return {
    authorize: (parameters) => browse({ origin, dispatcher }, parameters),
    token: async (request) => issued(await post({ path: "/token", ...request })),
    async isActive(token) {
      const basic = { id: web.id, secret: web.secret ?? "" };
      const answer = await post({ path: "/token/introspection", parameters: [["token", token]], basic });
      return ((await answer.json()) as { active: boolean }).active;
    },
    async close() {
      await dispatcher.destroy();
      await close();
    },
  };
}

/** A browser without cookies, which follows all redirects up to the one to the client. */
async function browse(
  { origin, dispatcher }: { origin: string; dispatcher: Agent },
  parameters: Parameters,
): Promise<Authorized> {
  const jar = createCookieJar();
  let url = `${origin}/auth?${encoded(parameters)}`;
  for (let hops = 0; hops < MOST_HOPS; hops += 1) {
    const answer = await fetch(url, { dispatcher, redirect: "manual", headers: { cookie: jar.header() } });
    jar.keep(answer);
    const text = await answer.text();
    const location = answer.headers.get("location");
    if (location === null) return { verdict: `page ${errorIn(text)}` };
    url = new URL(location, url).href;
    if (!url.startsWith(origin)) return readRedirect(url, parameters);
  }
  throw new Error(`no end: ${url}`);
}

async function issued(answer: Response): Promise<Issued> {
  const body = (await answer.json()) as { error?: string; access_token?: string; refresh_token?: string };
  if (body.error !== undefined) return { verdict: `body ${body.error}` };
  const { access_token: accessToken, refresh_token: refreshToken } = body;
  return {
    verdict: "accepted",
    ...(accessToken === undefined ? {} : { accessToken }),
    ...(refreshToken === undefined ? {} : { refreshToken }),
  };
}

function errorIn(text: string): string {
  return text.startsWith("{") ? String((JSON.parse(text) as { error?: string }).error) : text;
}

/** Basic credentials are encoded as form values (RFC 6749 2.3.1). */
function formValue(text: string): string {
  return encoded([["text", text]]).slice("text=".length);
}
