import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { fetch } from "undici";
import { createAuthleteClient } from "../../src/server/authlete/http-client.ts";
import type { Authlete } from "../../src/server/authlete/operations.ts";
import { secretOf } from "../support/gate.ts";
import { createNaiveAuthleteClient } from "../support/naive/authlete-client.ts";
import { attack } from "./attack.ts";

/** A client of an engine that answers with a redirect to the attacker's server, and what arrives there. */
type Redirected = { authlete: Authlete; stolen: string[]; close(): Promise<unknown> };

const answer = { action: "OK", accessToken: "evil", accessTokenDuration: 1, responseContent: "{}" };
const token = secretOf("engine");

async function redirected(
  status: number | undefined,
  create: (baseUrl: string) => Authlete,
): Promise<Redirected> {
  const stolen: string[] = [];
  const json: RequestListener = (_, response) =>
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(answer));
  const evil = await listening(async (request, response) => {
    stolen.push(`${request.headers.authorization ?? ""} ${await text(request)}`);
    json(request, response);
  });
  const engine = await listening((request, response) => {
    request.resume();
    if (status === undefined) return json(request, response);
    response.writeHead(status, { location: `${urlOf(evil)}/collect` }).end();
  });
  const close = () => Promise.all([evil, engine].map(closed));
  return { authlete: create(urlOf(engine)), stolen, close };
}

const clients = {
  naive: (baseUrl: string) => createNaiveAuthleteClient({ baseUrl, serviceId: "1", token }),
  ours: (baseUrl: string) =>
    createAuthleteClient({
      baseUrl,
      serviceId: "1",
      token,
      timeoutMs: 5_000,
      fetch: (url, init) => fetch(url, init),
    }),
};

for (const status of [301, 302, 303, 307, 308]) {
  attack(`have the engine's client follow a redirect (${status}) to the attacker's server`, {
    surface: "configuration",
    naive: () => redirected(status, clients.naive),
    ours: () => redirected(status, clients.ours),
    refusal: "EngineAnswerInvalid",
    async run({ authlete, stolen }) {
      const call = authlete["auth/token/issue"]({ ticket: "the ticket", subject: "usr_1" });
      const refusal = await call.then(
        () => undefined,
        ({ code }: { code: unknown }) => code,
      );
      return { succeeded: stolen.length > 0, gained: stolen, refusal };
    },
    async honest() {
      const { authlete, close } = await redirected(undefined, clients.ours);
      const { action } = await authlete["auth/token/issue"]({ ticket: "the ticket", subject: "usr_1" });
      await close();
      return action === "OK";
    },
  });
}

/** Names of clients that would be paths, if they stood in one as they are. */
const paths = [
  "../../auth/introspection",
  "..",
  "%2e%2e/%2e%2e/auth/token",
  "1001?x=",
  "1001#",
  "//evil.example/x",
  "@evil.example",
];

for (const clientId of paths) {
  attack(`have the engine's credential used at another address, with the client id ${clientId}`, {
    surface: "configuration",
    naive: () => recorded(clients.naive),
    ours: () => recorded(clients.ours),
    async run({ authlete, asked }) {
      await authlete["client/get"]({ clientId }).catch(() => {});
      const gained = asked.filter((url) => url !== `/api/1/client/get/${encodeURIComponent(clientId)}`);
      return { succeeded: gained.length > 0, gained };
    },
    async honest({ authlete, asked }) {
      await authlete["client/get"]({ clientId: "1001" }).catch(() => {});
      return asked.join() === "/api/1/client/get/1001";
    },
  });
}

/** An engine that notes what it is asked for. */
async function recorded(create: (baseUrl: string) => Authlete) {
  const asked: string[] = [];
  const server = await listening((request, response) => {
    asked.push(request.url ?? "");
    response.writeHead(200, { "content-type": "application/json" }).end('{"clientId":1}');
  });
  return { authlete: create(urlOf(server)), asked, close: () => closed(server) };
}

async function listening(listener: RequestListener): Promise<Server> {
  const server = createServer(listener);
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  return server;
}

const urlOf = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((done) => server.close(() => done()));
}
