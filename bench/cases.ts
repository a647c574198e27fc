import { randomBytes } from "node:crypto";
import { Client } from "undici";
import type { Server } from "./measure.ts";

/** One row of the bench: a server and what is sent to it. */
export type Case = {
  key: string;
  title: string;
  server: Server;
  /** Makes, outside the measurement, what each of `requests` requests needs. */
  prepare?: (requests: number) => Promise<void>;
  send: (connection: number) => Promise<void>;
};

type Call = {
  path: string;
  headers: Record<string, string>;
  body: string;
  expect: (answer: string) => boolean;
};

const JSON_TYPE = { "content-type": "application/json" };
const FORM_TYPE = { "content-type": "application/x-www-form-urlencoded" };
const ISSUE_INPUT = { ticket: randomBytes(32).toString("base64url"), subject: "usr_bench" };
export const BACKEND_ID = "2001";

/** Keep-alive connections to one server, each carrying one request at a time. */
function caller(server: Server): (connection: number, call: Call) => Promise<string> {
  const clients = new Map<number, Client>();
  return async (connection, { path, headers, body, expect }) => {
    const client = clients.get(connection) ?? new Client(server.origin);
    clients.set(connection, client);
    const answer = await client.request({ method: "POST", path, headers, body });
    const text = await answer.body.text();
    if (answer.statusCode !== 200 || !expect(text))
      throw new Error(`${path} answered ${answer.statusCode}: ${text.slice(0, 300)}`);
    return text;
  };
}

function basic(secret: string): Record<string, string> {
  return { authorization: `Basic ${Buffer.from(`${BACKEND_ID}:${secret}`).toString("base64")}` };
}

function echo(key: string, title: string, server: Server, path: string, body: string): Case {
  const call = caller(server);
  return {
    key,
    title,
    server,
    send: async (connection) => {
      await call(connection, {
        path,
        headers: JSON_TYPE,
        body,
        expect: (text) => text.includes(ISSUE_INPUT.ticket),
      });
    },
  };
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

/** Client credentials and introspection at one server. */
export function endpoints(
  keys: { token: string; introspection: string },
  name: string,
  target: { server: Server; secret: string; tokenPath: string; introspectionPath: string },
): Case[] {
  const call = caller(target.server);
  const headers = { ...FORM_TYPE, ...basic(target.secret) };
  const tokenCall: Call = {
    path: target.tokenPath,
    headers,
    body: "grant_type=client_credentials&scope=token%3Aissue",
    expect: (text) => text.includes('"access_token"'),
  };
  let token: string | undefined;
  const accessToken = async (): Promise<string> => {
    token ??= (JSON.parse(await call(-1, tokenCall)) as { access_token: string }).access_token;
    return token;
  };
  return [
    {
      key: keys.token,
      title: `${name}: client credentials`,
      server: target.server,
      send: async (connection) => {
        await call(connection, tokenCall);
      },
    },
    {
      key: keys.introspection,
      title: `${name}: introspection`,
      server: target.server,
      send: async (connection) => {
        const body = `token=${await accessToken()}`;
        const expect = (text: string) => text.includes('"active":true');
        await call(connection, { path: target.introspectionPath, headers, body, expect });
      },
    },
  ];
}

/** (d): `token.issue` by a back end at the front door, a fresh ticket each time. */
export function tokenIssue(server: Server, secret: string): Case {
  const call = caller(server);
  const tickets: string[] = [];
  let headers: Record<string, string> = {};
  const authorize = async () => {
    const body = "grant_type=client_credentials&scope=token%3Aissue";
    const answer = await call(-1, {
      path: "/oauth/token",
      headers: { ...FORM_TYPE, ...basic(secret) },
      body,
      expect: (text) => text.includes('"access_token"'),
    });
    const { access_token } = JSON.parse(answer) as { access_token: string };
    headers = { ...JSON_TYPE, "x-ticketgate": "1", authorization: `Bearer ${access_token}` };
  };
  const requestTicket = async () => {
    const json = {
      parameters: "grant_type=password&username=bench&password=bench&scope=profile",
      clientId: BACKEND_ID,
      clientSecret: secret,
    };
    const answer = await call(-1, {
      path: "/api/trpc/token.request",
      headers,
      body: JSON.stringify({ json }),
      expect: (text) => text.includes('"PASSWORD"'),
    });
    tickets.push(
      (JSON.parse(answer) as { result: { data: { json: { ticket: string } } } }).result.data.json.ticket,
    );
  };
  return {
    key: "d",
    title: "token.issue by a back end, front door",
    server,
    prepare: async (requests) => {
      if (!headers.authorization) await authorize();
      while (tickets.length < requests) await requestTicket();
    },
    send: async (connection) => {
      const json = { ticket: tickets.pop() as string, subject: "usr_bench" };
      await call(connection, {
        path: "/api/trpc/token.issue",
        headers,
        body: JSON.stringify({ json }),
        expect: (text) => text.includes('"action":"OK"'),
      });
    },
  };
}
