import type { Service } from "../../../../src/server/authlete/service.ts";
import { hashOf } from "../../../../src/server/secret/hash.ts";
import { basic, clients, form, issued, openTestEngine, type TestEngine } from "../../../support/engine.ts";

/** A confidential client (Basic) and a public one, both of which may use the device grant. */
export const device = { id: "3000", secret: "device-secret" };
export const television = { id: "3001" };

const grantTypes = ["DEVICE_CODE", "REFRESH_TOKEN"] as const;

/** An engine whose service has the device grant. */
export async function openDeviceEngine(
  options: { file?: string; service?: Partial<Service> } = {},
): Promise<TestEngine> {
  const test = await openTestEngine({
    ...options,
    service: {
      supportedGrantTypes: ["DEVICE_CODE", "REFRESH_TOKEN"],
      deviceVerificationUri: "https://as.example/device",
      deviceVerificationUriComplete: "https://as.example/device?user_code=USER_CODE",
      deviceFlowCodeDuration: 600,
      supportedAcrs: ["low", "high"],
      ...options.service,
    },
  });
  await test.setClient(device.id, {
    clientName: "Player",
    clientSecret: device.secret,
    clientType: "CONFIDENTIAL",
    tokenAuthMethod: "CLIENT_SECRET_BASIC",
    grantTypes: [...grantTypes],
  });
  await test.setClient(television.id, {
    clientType: "PUBLIC",
    tokenAuthMethod: "NONE",
    grantTypes: [...grantTypes],
  });
  return test;
}

type Parameters = Record<string, string | readonly string[]>;

/** A device authorization request of the confidential client. */
export function authorize({ engine }: TestEngine, parameters: Parameters = { scope: "openid profile" }) {
  return engine["device/authorization"]({ parameters: form(parameters), ...basic(device) });
}

/** The codes of a fresh request. */
export async function freshCodes(test: TestEngine, parameters?: Parameters) {
  const { deviceCode, userCode } = issued(await authorize(test, parameters));
  return { deviceCode, userCode };
}

/** What is stored of a request. */
export async function storedGrant({ store }: TestEngine, deviceCode: string) {
  const found = await store.engine.read.findArtifact("device_code", hashOf(deviceCode));
  if (!found) throw new Error("nothing is stored");
  return found;
}

/** A caller's account of a user who said yes. */
export const yes = { result: "AUTHORIZED", subject: "alice" } as const;

export const anyClient = clients.firstParty;
