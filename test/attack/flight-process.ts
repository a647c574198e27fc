import { createRequire } from "node:module";
import { text } from "node:stream/consumers";
import { Secret } from "../../src/server/secret/secret.ts";

/** The one that Next carries and pages are made with; it has no types. */
const { renderToReadableStream } = createRequire(import.meta.url)(
  "next/dist/compiled/react-server-dom-turbopack/server.node",
) as { renderToReadableStream(model: unknown, modules: object): ReadableStream };

const model: unknown = JSON.parse(await text(process.stdin), (_, value: unknown) => {
  const secret = (value as { $secret?: unknown } | null)?.$secret;
  return typeof secret === "string" ? new Secret(secret) : value;
});
process.stdout.write(await text(renderToReadableStream({ session: model }, {})));
