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

/** (d): `token.issue` by a back end at the front door, a fresh ticket each time. */
export function tokenIssue(server: Server, secret: string): Case {
  const call = caller(server);
  let headers: Record<string, string> | undefined;
  const authorize = async () => {
    const token = await clientCredentials(call, "/oauth/token", secret);
    return { ...JSON_TYPE, "x-ticketgate": "1", authorization: `Bearer ${token}` };
  };
  const procedure = (path: string, json: object, expected: string) =>
    call({
      path: `/api/trpc/${path}`,
      headers: headers ?? {},
      body: JSON.stringify({ json }),
      expect: (text) => text.includes(expected),
    });
  const requestTicket = async () => {
    const input = {
      parameters: "grant_type=password&username=bench&password=bench&scope=profile",
      clientId: BACKEND_ID,
      clientSecret: secret,
    };
    const { text } = await procedure("token.request", input, '"PASSWORD"');
    return (JSON.parse(text) as { result: { data: { json: { ticket: string } } } }).result.data.json.ticket;
  };
  return serverCase({
    key: "d",
    title: "token.issue by a back end, front door",
    server,
    ready: async () => {
      headers ??= await authorize();
      const input = { ticket: await requestTicket(), subject: "usr_bench" };
      return async () => {
        await procedure("token.issue", input, '"action":"OK"');
      };
    },
  });
}
