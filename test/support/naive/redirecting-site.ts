import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** A site that signs everybody in and sends them on, as frameworks do when they are not told better. */
export async function startRedirectingSite() {
  const listener: RequestListener = async (request, response) => {
    const url = request.url ?? "/";
    if (request.method === "POST") {
      const next = /name="next"\r\n\r\n(?<next>[^\r]*)/.exec(await text(request))?.groups?.next ?? "/";
      return response.writeHead(307, { location: next, "set-cookie": "sid=1; Path=/" }).end();
    }
    if (url.startsWith("/login")) return answerLogin(request.headers.cookie, url, response);
    // A slash at the end is one too many.
    if (url.length > 1 && url.endsWith("/"))
      return response.writeHead(308, { location: url.slice(0, -1) }).end();
    response.writeHead(404).end();
  };
  const server = createServer(listener);
  await new Promise<void>((ready) => server.listen(0, "localhost", ready));
  const stop = () => new Promise<void>((done) => void server.close(() => done()).closeAllConnections());
  return { origin: `http://localhost:${(server.address() as AddressInfo).port}`, stop };
}

function answerLogin(
  cookie: string | undefined,
  url: string,
  response: Parameters<RequestListener>[1],
): unknown {
  const next = new URLSearchParams(url.split("?")[1]).get("next") ?? "/";
  if (cookie?.includes("sid=1")) return response.writeHead(307, { location: next }).end();
  return response
    .writeHead(200, { "content-type": "text/html" })
    .end(`<form method="post"><input type="hidden" name="next" value="${next}"/></form>`);
}
