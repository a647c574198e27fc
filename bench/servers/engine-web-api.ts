import { createServer } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { createBridgeResponses } from "../../src/server/bridge-response.ts";
import { createWebApi } from "../../src/server/engine/http.ts";
import { openBenchEngine, SERVICE_ID } from "../engine/open-engine.ts";

/** The Web API of the embedded engine, served as the front door does. */
const { engine } = await openBenchEngine(process.env);
const report = (error: unknown) => process.stderr.write(`${String(error)}\n`);
const token = process.env.BENCH_SECRET as string;
const endpoint = createWebApi({
  engine,
  serviceId: SERVICE_ID,
  token,
  report,
  createResponse: createBridgeResponses(),
});

createServer(getRequestListener(endpoint, { overrideGlobalObjects: false })).listen(
  Number(process.env.PORT),
  "127.0.0.1",
);
