import { inspect } from "node:util";
import { fetch } from "undici";
import { createAuthleteClient } from "../../src/server/authlete/http-client.ts";
import type { Authlete } from "../../src/server/authlete/operations.ts";
import { createLog } from "../../src/server/log.ts";
import { ORIGIN, secretOf } from "../support/gate.ts";
import { createNaiveAuthleteClient } from "../support/naive/authlete-client.ts";
import { guardNaively } from "../support/naive/web-api.ts";
import { startWebServer } from "../support/web-server.ts";
import { attack } from "./attack.ts";
import { webApis } from "./web-api.ts";

const TOKEN = secretOf("engine");

const apis = {
  async naive() {
    const { webApi, close } = await webApis.ours();
    return { webApi: guardNaively(webApi, { token: TOKEN }), close };
  },
  ours: webApis.ours,
};

/** What is tried in the place of the engine's credential. */
const tries: [title: string, status: number, changes: { authorization?: string; query?: string }][] = [
  ["nothing", 401, {}],
  ["its first character", 401, { authorization: `Bearer ${TOKEN[0]}` }],
  ["all but its last character", 401, { authorization: `Bearer ${TOKEN.slice(0, -1)}` }],
  ["capital letters", 401, { authorization: `Bearer ${TOKEN.toUpperCase()}` }],
  ["the credential in the address, where every log keeps it", 401, { query: `?token=${TOKEN}` }],
];

for (const [title, status, { authorization, query = "" }] of tries) {
  attack(`call the engine itself with ${title}`, {
    surface: "web-api",
    ...apis,
    refusal: status,
    async run({ webApi }) {
      const headers: HeadersInit = authorization === undefined ? {} : { authorization };
      const answer = await webApi(new Request(`${ORIGIN}/api/1/service/get${query}`, { headers }));
      return { succeeded: answer.status === 200, gained: await answer.text(), refusal: answer.status };
    },
    async honest({ webApi }) {
      const headers = { authorization: `Bearer ${TOKEN}` };
      return (await webApi(new Request(`${ORIGIN}/api/1/service/get`, { headers }))).status === 200;
    },
  });
}

type MakeClient = (options: { baseUrl: string; serviceId: string; token: string }) => Authlete;

const clients = {
  naive: (): MakeClient => createNaiveAuthleteClient,
  ours: (): MakeClient => (options) =>
    createAuthleteClient({ ...options, timeoutMs: 5_000, fetch: (url, call) => fetch(url, call) }),
};

attack("read the engine's credential in the words of an error, when it was pasted with a line break", {
  surface: "log",
  ...clients,
  async run(makeClient) {
    const lines: string[] = [];
    const log = createLog({ level: "debug", clock: Date.now, write: (line) => lines.push(line) });
    const options = { baseUrl: "http://127.0.0.1:1", serviceId: "1", token: "pass word\n of the engine" };
    const call = async () => makeClient(options)["service/get"]({});
    const error: unknown = await call().catch((reason: unknown) => reason);
    log.error("engine.failed", { error });
    const seen = `${lines.join("\n")} ${inspect(error, { depth: 9 })}`;
    return { succeeded: seen.includes("pass word"), gained: seen };
  },
  async honest(makeClient) {
    const engine = await startWebServer((request, response) => {
      const isKnown = request.headers.authorization === `Bearer ${TOKEN}`;
      response
        .writeHead(isKnown ? 200 : 401, { "content-type": "application/json" })
        .end('{"serviceName":"S"}');
    });
    const client = makeClient({ baseUrl: `http://127.0.0.1:${engine.port}`, serviceId: "1", token: TOKEN });
    const { serviceName } = await client["service/get"]({});
    await engine.close();
    return serviceName === "S";
  },
});
