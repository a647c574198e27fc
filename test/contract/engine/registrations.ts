import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { OpenEngine, ReachedEngine } from "./served-engine.ts";

const metadata = {
  redirect_uris: ["https://shop.example/callback"],
  client_name: "Shop",
  "client_name#ja-Jpan-JP": "店",
};

/** What a registration endpoint may rely on (RFC 7591, RFC 7592). */
export function describeRegistrations(open: OpenEngine): void {
  let engine: ReachedEngine;
  beforeAll(async () => {
    engine = await open({
      service: { dynamicRegistrationSupported: true, registrationEndpoint: "https://as.example/register" },
    });
  });
  afterAll(() => engine.close());

  const register = (json: object) => engine.authlete["client/registration"]({ json: JSON.stringify(json) });
  const count = async () => (await engine.authlete["client/get/list"]({})).totalCount;
  const registered = async () => {
    const answer = await register(metadata);
    if (answer.action !== "CREATED") return expect.fail(`not registered: ${answer.resultMessage}`);
    const information = JSON.parse(answer.responseContent);
    return {
      information,
      clientId: String(information.client_id),
      token: String(information.registration_access_token),
    };
  };

  describe("a client that registers itself", () => {
    it("is created, read, updated and deleted with its token", async () => {
      const { information, clientId, token } = await registered();
      expect(information).toMatchObject(metadata);
      const get = await engine.authlete["client/registration/get"]({ clientId, token });
      expect(get).toMatchObject({
        action: "OK",
        client: { clientNames: [{ tag: "ja-Jpan-JP", value: "店" }] },
      });
      const json = JSON.stringify({ ...metadata, client_id: clientId, client_name: "Store" });
      const updated = await engine.authlete["client/registration/update"]({ clientId, token, json });
      expect(updated).toMatchObject({ action: "UPDATED", client: { clientName: "Store" } });
      const deleted = await engine.authlete["client/registration/delete"]({ clientId, token });
      expect(deleted).toMatchObject({ action: "DELETED" });
      const gone = await engine.authlete["client/registration/get"]({ clientId, token });
      expect(gone).toMatchObject({ action: "BAD_REQUEST", resultCode: "A215307" });
    });

    it("is not told from one that is not there by a token that is wrong", async () => {
      const { clientId } = await registered();
      const get = (id: string, token: string) =>
        engine.authlete["client/registration/get"]({ clientId: id, token });
      const answers = [await get(clientId, "wrong"), await get("999", "wrong"), await get("nöbody", "wrong")];
      for (const answer of answers) expect(answer).toEqual(answers[0]);
      expect(answers[0]).toMatchObject({ resultCode: "A215307" });
    });

    it("is deleted once", async () => {
      const { clientId, token } = await registered();
      const remove = () => engine.authlete["client/registration/delete"]({ clientId, token });
      const actions = (await Promise.all(Array.from({ length: 12 }, remove))).map(({ action }) => action);
      expect(actions.filter((action) => action === "DELETED")).toHaveLength(1);
    });

    it("is refused with an error of RFC 7591, and nothing is stored", async () => {
      const before = await count();
      const answer = await register({ redirect_uris: ["https://shop.example/#fragment"] });
      if (answer.action !== "BAD_REQUEST") return expect.fail(`${answer.action}`);
      expect(JSON.parse(answer.responseContent).error).toBe("invalid_redirect_uri");
      expect(await count()).toBe(before);
    });
  });
}
