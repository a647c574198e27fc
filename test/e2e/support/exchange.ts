import { request } from "node:http";

/** A request as it goes over the wire: no client puts its path, headers or body right. */
export type Sent = {
  method: string;
  path: string;
  headers?: Record<string, string>;
  body?: string;
  /** Sends the body without declaring its length. */
  chunked?: boolean;
};

/** An answer as it came over the wire. */
export type Answer = { status: number; headers: Record<string, string | string[] | undefined>; text: string };

/** Sends a request and reads the answer, whole. A server may answer, and hang up, before the body is out. */
export function exchange(
  origin: string,
  { method, path, headers = {}, body, chunked }: Sent,
): Promise<Answer> {
  const { hostname, port } = new URL(origin);
  const length = body === undefined || chunked ? {} : { "content-length": String(Buffer.byteLength(body)) };
  return new Promise((answered, failed) => {
    let heard = false;
    const sending = request(
      { hostname, port, method, path, headers: { ...headers, ...length }, agent: false },
      (response) => {
        heard = true;
        let text = "";
        response.setEncoding("utf8").on("data", (part: string) => {
          text += part;
        });
        response.on("end", () =>
          answered({ status: response.statusCode ?? 0, headers: response.headers, text }),
        );
        response.on("error", failed);
      },
    );
    sending.on("error", (error) => {
      if (!heard) failed(error);
    });
    sending.end(body);
  });
}

/** What two servers may say differently: how the body is cut, when it was, and what Next adds for its own caches. */
const TRANSPORT = new Set([
  "connection",
  "keep-alive",
  "date",
  "content-length",
  "transfer-encoding",
  "vary",
  "etag",
]);

/** An answer without what is another one every time: values, times, nonces, and of a page all but its title. */
export function shapeOf({ status, headers, text }: Answer, origin: string) {
  const kept = Object.entries(headers).filter(([name]) => !TRANSPORT.has(name));
  const shaped = kept.map(([name, value]) => [
    name,
    [value].flat().map((line) => masked(line ?? "", origin)),
  ]);
  return { status, headers: Object.fromEntries(shaped.toSorted()), body: bodyShape(text, origin) };
}

function bodyShape(text: string, origin: string): unknown {
  if (text.startsWith("<!DOCTYPE html>")) return /<title>.*?<\/title>/.exec(text)?.[0];
  try {
    return JSON.parse(text, (name, value: unknown) => {
      if (name === "client_id" || name === "registration_client_uri") return "CLIENT";
      if (typeof value === "number" && (value > 1e9 || name === "durationMs")) return "time";
      return typeof value === "string" ? masked(value, origin) : value;
    });
  } catch {
    return masked(text, origin);
  }
}

const VALUE =
  /sha256-[^']+|(?<="kid":")[\w-]+|(?<=-tx-)[\w-]{8}|[A-Za-z0-9_-]{43,}|(?<=nonce-)[^']+|^[A-Za-z0-9_-]{11,12}$/g;

function masked(text: string, origin: string): string {
  return text
    .replaceAll(origin, "ORIGIN")
    .replaceAll(/usr_[\w-]+/g, "SUBJECT")
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "TIME")
    .replaceAll(VALUE, "VALUE");
}
