import { createServer, type IncomingMessage, type ServerResponse, request as send } from "node:http";
import type { AddressInfo } from "node:net";
import { closed } from "./engine-double.ts";
import type { Answer } from "./exchange.ts";

/** A request, and what was answered. */
export type Recorded = {
  method: string;
  path: string;
  /** The `Authorization` header: only back ends send one, and only they get tokens. */
  authorization?: string | undefined;
  answer: Answer;
};

/** Changes an answer before it is written down and passed on: how a test puts a leak into a server that has none. */
export type Change = (recorded: Recorded) => Answer;

/** Stands between a browser and a server, and writes down every answer. */
export type Recorder = {
  /** Where the browser has to go, and what the server has to take for its own origin. */
  origin: string;
  forwardTo(origin: string): void;
  change(change: Change | undefined): void;
  /**
   * What was answered since the last time, once every answer is there.
   *
   * @throws AggregateError when an answer broke off: what nobody could read nobody has searched.
   */
  take(): Promise<Recorded[]>;
  stop(): Promise<void>;
};

/**
 * Starts a recorder. It reads what the server says to its end even when the browser has gone to another page meanwhile: a browser
 * gives no body away that its page did not wait for.
 */
export async function startRecorder(): Promise<Recorder> {
  const pending = new Set<Promise<void>>();
  const recorded: Recorded[] = [];
  const failures: unknown[] = [];
  let target = "";
  let change: Change | undefined;

  async function relay(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const { bytes, ...received } = await forward(request, target);
      const answer = change?.(received) ?? received.answer;
      recorded.push({ ...received, answer });
      const body = answer.text === received.answer.text ? bytes : answer.text;
      passOn({ ...answer, body: request.method === "HEAD" ? undefined : body }, response);
    } catch (error) {
      failures.push(error);
      response.destroy();
    }
  }

  const server = createServer((request, response) => {
    const relayed = relay(request, response).finally(() => pending.delete(relayed));
    pending.add(relayed);
  });
  await new Promise<void>((listening) => server.listen(0, "localhost", listening));
  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    forwardTo: (origin) => {
      target = origin;
    },
    change: (next) => {
      change = next;
    },
    async take() {
      while (pending.size > 0) await Promise.all(pending);
      if (failures.length > 0) throw new AggregateError(failures.splice(0), "Some answers broke off.");
      return recorded.splice(0);
    },
    stop: () => closed(server),
  };
}

/** Sends a request on as it is, except that its answer has to come uncompressed. */
function forward(request: IncomingMessage, target: string): Promise<Recorded & { bytes: Buffer }> {
  const { hostname, port } = new URL(target);
  const { method = "GET", url: path = "/", headers } = request;
  const { "accept-encoding": _, connection: __, ...kept } = headers;
  const { authorization } = headers;
  return new Promise((answered, failed) => {
    const sending = send({ hostname, port, method, path, headers: kept, agent: false }, (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("error", failed);
      response.on("end", () => {
        const bytes = Buffer.concat(parts);
        const answer = {
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: bytes.toString("utf8"),
        };
        answered({ method, path, authorization, answer, bytes });
      });
    });
    sending.on("error", failed);
    // Who has sent a whole request and leaves is answered all the same.
    request.on("error", (error) => request.complete || sending.destroy(error));
    request.pipe(sending);
  });
}

type Passed = Omit<Answer, "text"> & { body: Buffer | string | undefined };

function passOn({ status, headers, body }: Passed, response: ServerResponse): void {
  const { connection: _, "keep-alive": __, "transfer-encoding": ___, ...kept } = headers;
  const length = body === undefined ? {} : { "content-length": Buffer.byteLength(body) };
  response.writeHead(status, { ...kept, ...length }).end(body);
}
