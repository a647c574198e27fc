import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Client } from "../../../src/server/authlete/client.ts";
import { freePort, startTicketgate } from "../../e2e/support/ticketgate.ts";

/** Where the engine of a running Ticketgate is: in its own process, or in another that it calls over the Web API as it calls the cloud. */
export const places = ["the engine in process", "an engine of its own, over the Web API"] as const;
export type PlaceName = (typeof places)[number];

/** A running Ticketgate, and the way to register clients at its engine. */
export type Place = {
  origin: string;
  /** What may register clients at `/oauth/register`. */
  registrationToken: string;
  createClient: (client: Client) => Promise<{ id: string; secret: string }>;
  close: () => Promise<void>;
};

type Engine = { baseUrl: string; serviceId: string; token: string };

/** Starts the production build with its engine at this place. */
export async function openPlace(name: PlaceName): Promise<Place> {
  const port = String(await freePort());
  const registrationToken = secret();
  const registration = {
    TICKETGATE_REGISTRATION: "token",
    TICKETGATE_REGISTRATION_TOKEN: registrationToken,
  };
  if (name === "the engine in process") {
    const gate = await startTicketgate({ PORT: port, ...registration });
    const token = gate.secrets.TICKETGATE_ENGINE_TOKEN ?? "";
    const engine = { baseUrl: gate.origin, serviceId: gate.engineServiceId ?? "", token };
    return place({ origin: gate.origin, registrationToken }, engine, gate.stop);
  }
  const origin = `http://localhost:${port}`;
  const shared = { TICKETGATE_CLIENT_SECRET: secret(), ...registration };
  const { engine, stop } = await startEngine({ TICKETGATE_ORIGIN: origin, ...shared });
  const gate = await startTicketgate({
    PORT: port,
    ...shared,
    AUTHLETE_BASE_URL: engine.baseUrl,
    AUTHLETE_SERVICE_ID: engine.serviceId,
    AUTHLETE_API_TOKEN: engine.token,
  });
  return place({ origin, registrationToken }, engine, async () => {
    await gate.stop();
    await stop();
  });
}

function place(
  known: Pick<Place, "origin" | "registrationToken">,
  engine: Engine,
  close: () => Promise<void>,
): Place {
  return {
    ...known,
    close,
    async createClient(client) {
      const response = await fetch(`${engine.baseUrl}/api/${engine.serviceId}/client/create`, {
        method: "POST",
        headers: { authorization: `Bearer ${engine.token}`, "content-type": "application/json" },
        body: JSON.stringify(client),
      });
      if (!response.ok) throw new Error(`no client: ${response.status} ${await response.text()}`);
      const { clientId, clientSecret = "" } = (await response.json()) as Client;
      return { id: String(clientId), secret: clientSecret };
    },
  };
}

/** Serves the engine alone, as `npm run engine -- --production` does. */
async function startEngine(
  settings: Record<string, string>,
): Promise<{ engine: Engine; stop: () => Promise<void> }> {
  const state = await mkdtemp(join(tmpdir(), "ticketgate-engine-"));
  const port = await freePort();
  const token = secret();
  const child = spawn(
    process.execPath,
    ["src/server/engine-alone.ts", "--production", "--port", String(port)],
    {
      env: {
        PATH: process.env.PATH ?? "",
        NODE_ENV: "production",
        HOST: "127.0.0.1",
        TICKETGATE_STATE_DIR: state,
        TICKETGATE_SEALING_KEYS: secret(),
        TICKETGATE_ENGINE_TOKEN: token,
        ...settings,
      },
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  await said(child, `:${port}`);
  const stop = async () => {
    const exit = new Promise((done) => child.once("exit", done));
    child.kill("SIGTERM");
    await exit;
    await rm(state, { recursive: true, force: true });
  };
  return { engine: { baseUrl: `http://127.0.0.1:${port}`, serviceId: "1", token }, stop };
}

/** Waits until a process has written a text. */
function said(child: ChildProcess, text: string): Promise<void> {
  return new Promise((heard, failed) => {
    let written = "";
    child.stdout?.on("data", (part) => {
      written += String(part);
      if (written.includes(text)) heard();
    });
    child.once("exit", (code) => failed(new Error(`the engine ended with ${code}: ${written}`)));
  });
}

function secret(): string {
  return randomBytes(32).toString("base64url");
}
