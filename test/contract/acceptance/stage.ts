import { afterAll, beforeAll, expect } from "vitest";
import type { Client } from "../../../src/server/authlete/client.ts";
import type { Service } from "../../../src/server/authlete/service.ts";
import type { AcceptanceService, OpenService } from "./service.ts";
import { suitable } from "./suitable-service.ts";

export const REDIRECT_URI = "https://client.example/callback";

/** How the service and the client of a topic differ from what all topics need. */
export type StageSettings = { service?: Partial<Service>; client?: Partial<Client> };

/** A service as a topic needs it, with a client that nobody else uses. */
export type Stage = AcceptanceService & {
  /** The settings as they are for the topic. */
  settings: Service;
  client: { id: string; secret: string };
  /** Deletes the client and gives the service its own settings back. */
  clear(): Promise<void>;
};

const confidential: Client = {
  clientName: "Acceptance suite",
  clientType: "CONFIDENTIAL",
  tokenAuthMethod: "CLIENT_SECRET_BASIC",
  grantTypes: ["AUTHORIZATION_CODE", "REFRESH_TOKEN"],
  responseTypes: ["CODE"],
  redirectUris: [REDIRECT_URI],
};

/** Sets a stage. Whatever fails on the way, the service has its own settings again. */
export async function setStage(service: AcceptanceService, topic: StageSettings = {}): Promise<Stage> {
  const { authlete } = service;
  const original = await authlete["service/get"]({});
  const restore = () => authlete["service/update"](original);
  try {
    const settings = await authlete["service/update"]({ ...suitable(original), ...topic.service });
    const client = credentialsOf(await authlete["client/create"]({ ...confidential, ...topic.client }));
    const clear = async () => {
      await authlete["client/delete"]({ clientId: client.id }).finally(restore);
    };
    return { ...service, settings, client, clear };
  } catch (error) {
    await restore();
    throw error;
  }
}

function credentialsOf({ clientId, clientSecret }: Client): Stage["client"] {
  if (clientId === undefined || !clientSecret) return expect.fail("a client without number or secret");
  return { id: String(clientId), secret: clientSecret };
}

/** Sets the stage for all tests of a `describe`, and clears it afterwards. */
export function useStage(open: OpenService, topic?: StageSettings): () => Stage {
  let stage: Stage | undefined;
  beforeAll(async () => {
    const service = await open();
    stage = await setStage(service, topic).catch(async (error: unknown) => {
      await service.close();
      throw error;
    });
  });
  afterAll(() => stage?.clear().finally(stage.close));
  return () => stage ?? expect.fail("there is no stage");
}
