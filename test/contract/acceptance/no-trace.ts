import { describe, expect, it } from "vitest";
import type { Service } from "../../../src/server/authlete/service.ts";
import type { OpenService } from "./service.ts";
import { REDIRECT_URI, setStage } from "./stage.ts";

/** The suite changes a service that may be somebody's: what it found is there again afterwards. */
export function describeNoTrace(open: OpenService): void {
  describe("what the suite leaves behind", () => {
    it("is nothing: the service has its settings, and the client is gone", async () => {
      const service = await open();
      const { authlete } = service;
      const before = await authlete["service/get"]({});
      const stage = await setStage(service, { service: { parRequired: true } });
      expect(await authlete["service/get"]({})).toMatchObject({ parRequired: true });
      expect(await authlete["client/get"]({ clientId: stage.client.id })).toMatchObject({
        redirectUris: [REDIRECT_URI],
      });
      await stage.clear();
      expect(lasting(await authlete["service/get"]({}))).toEqual(lasting(before));
      await expect(authlete["client/get"]({ clientId: stage.client.id })).rejects.toMatchObject({
        status: 404,
      });
      await service.close();
    });
  });
}

function lasting({ modifiedAt: _, ...settings }: Service): Service {
  return settings;
}
