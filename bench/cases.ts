import { randomBytes } from "node:crypto";
import { basicHeader, type Caller, caller, FORM_TYPE, JSON_TYPE } from "./caller.ts";
import { type Case, serverCase } from "./case.ts";
import type { Server } from "./server.ts";

const ISSUE_INPUT = { ticket: randomBytes(32).toString("base64url"), subject: "usr_bench" };
export const BACKEND_ID = "2001";

const CLIENT_CREDENTIALS = "grant_type=client_credentials&scope=token%3Aissue";

function echo(key: string, title: string, server: Server, path: string, body: string): Case {
  const call = caller(server);
  const expect = (text: string) => text.includes(ISSUE_INPUT.ticket);
  return serverCase({
    key,
    title,
    server,
    ready: async () => async () => {
      await call({ path, headers: JSON_TYPE, body, expect });
    },
  });
}

/** (a) to (c): what Node, a Next route handler and tRPC on it cost before anything is done. */
export function floors(servers: { node: Server; next: Server }): Case[] {
  return [
    echo("a", "node:http, JSON", servers.node, "/", JSON.stringify(ISSUE_INPUT)),
    echo("b", "Next route handler", servers.next, "/json", JSON.stringify(ISSUE_INPUT)),
    echo(
      "c",
      "tRPC mutation on a Next route",
      servers.next,
      "/api/trpc/echo",
      JSON.stringify({ json: ISSUE_INPUT }),
    ),
  ];
}

/** An access token from client credentials. */
async function clientCredentials(call: Caller, path: string, secret: string): Promise<string> {
  const { text } = await call({
    path,
    headers: { ...FORM_TYPE, ...basicHeader(BACKEND_ID, secret) },
    body: CLIENT_CREDENTIALS,
    expect: (answer) => answer.includes('"access_token"'),
  });
  return (JSON.parse(text) as { access_token: string }).access_token;
}

/** Client credentials and introspection at one server. */
export function endpoints(
  keys: { token: string; introspection: string },
  name: string,
  target: { server: Server; secret: string; tokenPath: string; introspectionPath: string },
): Case[] {
  const { server, secret } = target;
  const call = caller(server);
  const ask = () => clientCredentials(call, target.tokenPath, secret);
  let token: Promise<string> | undefined;
  return [
    serverCase({
      key: keys.token,
      title: `${name}: client credentials`,
      server,
      ready: async () => async () => {
        await ask();
      },
    }),
    serverCase({
      key: keys.introspection,
      title: `${name}: introspection`,
      server,
      ready: async () => {
        token ??= ask();
        const body = `token=${await token}`;
        const headers = { ...FORM_TYPE, ...basicHeader(BACKEND_ID, secret) };
        const expect = (text: string) => text.includes('"active":true');
        return async () => {
          await call({ path: target.introspectionPath, headers, body, expect });
        };
      },
    }),
  ];
}

/** Documents that anybody may read, and the claims of a person, at one server. */
export function readings(
  keys: { userinfo: string; discovery: string; jwks: string },
  name: string,
  target: { server: Server; userinfoPath: string; jwksPath: string; accessToken: () => Promise<string> },
): Case[] {
  const { server } = target;
  const call = caller(server);
  let token: Promise<string> | undefined;
  const read = (key: string, title: string, request: { path: string; expected: string }) =>
    serverCase({
      key,
      title: `${name}: ${title}`,
      server,
      ready: async () => async () => {
        const expect = (text: string) => text.includes(request.expected);
        await call({ method: "GET", path: request.path, headers: {}, expect });
      },
    });
  return [
    serverCase({
      key: keys.userinfo,
      title: `${name}: userinfo`,
      server,
      ready: async () => {
        token ??= target.accessToken();
        const headers = { authorization: `Bearer ${await token}` };
        const expect = (text: string) => text.includes('"sub":');
        return async () => {
          await call({ method: "GET", path: target.userinfoPath, headers, expect });
        };
      },
    }),
    read(keys.discovery, "discovery", { path: "/.well-known/openid-configuration", expected: '"issuer":' }),
    read(keys.jwks, "JWK Set", { path: target.jwksPath, expected: '"keys":' }),
  ];
}

/** A back end that calls procedures at the front door. */
function backEnd(server: Server, secret: string) {
  const call = caller(server);
  let headers: Promise<Record<string, string>> | undefined;
  const authorize = async () => {
    const token = await clientCredentials(call, "/oauth/token", secret);
    return { ...JSON_TYPE, "x-ticketgate": "1", authorization: `Bearer ${token}` };
  };
  const procedure = async (path: string, json: object, expected: string) => {
    headers ??= authorize();
    const { text } = await call({
      path: `/api/trpc/${path}`,
      headers: await headers,
      body: JSON.stringify({ json }),
      expect: (answer) => answer.includes(expected),
    });
    return (JSON.parse(text) as { result: { data: { json: Record<string, string> } } }).result.data.json;
  };
  return {
    async requestTicket(scope: string) {
      const input = {
        parameters: `grant_type=password&username=bench&password=bench&scope=${encodeURIComponent(scope)}`,
        clientId: BACKEND_ID,
        clientSecret: secret,
      };
      return (await procedure("token.request", input, '"PASSWORD"')).ticket as string;
    },
    issue: (ticket: string, subject: string) =>
      procedure("token.issue", { ticket, subject }, '"action":"OK"'),
  };
}

/** An access token of a person, made over the Web API: a password grant is no sign-in that userinfo tells of. */
export async function tokenOfPerson(server: Server, secret: string, subject: string): Promise<string> {
  const { text } = await caller(server)({
    path: "/api/1/auth/token/create",
    headers: { ...JSON_TYPE, authorization: `Bearer ${secret}` },
    body: JSON.stringify({
      grantType: "AUTHORIZATION_CODE",
      clientId: Number(BACKEND_ID),
      subject,
      scopes: ["openid", "profile"],
    }),
    expect: (answer) => answer.includes('"accessToken"'),
  });
  return (JSON.parse(text) as { accessToken: string }).accessToken;
}

/** (d): `token.issue` by a back end at the front door, a fresh ticket each time. */
export function tokenIssue(server: Server, secret: string): Case {
  const { requestTicket, issue } = backEnd(server, secret);
  return serverCase({
    key: "d",
    title: "token.issue by a back end, front door",
    server,
    ready: async () => {
      const ticket = await requestTicket("profile");
      return async () => {
        await issue(ticket, "usr_bench");
      };
    },
  });
}
