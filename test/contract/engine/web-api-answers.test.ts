import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { EngineRefusedCall, EngineUnavailable } from "../../../src/server/authlete/error.ts";
import type { Engine } from "../../../src/server/engine/engine.ts";
import { clients, openTestEngine, SERVICE_ID } from "../../support/engine.ts";
import { ACCESS_TOKEN } from "./served-engine.ts";
import { API, openWebApi, type WebApi, webApiOf } from "./web-api.ts";

let api: WebApi;
beforeAll(async () => {
  api = await openWebApi();
});
afterAll(() => api.test.close());

describe("answers", () => {
  const get = (path: string) => api.send({ method: "GET", path: `${API}/${path}`, headers: {} });

  it("are printed for people where they ask for it", async () => {
    const plain = await get("service/jwks/get");
    const pretty = await get("service/jwks/get?pretty=true");
    expect(plain.text).not.toContain("\n");
    expect(pretty.text).toContain('{\n  "keys"');
    expect(pretty.json).toEqual(plain.json);
    expect((await get("service/jwks/get?pretty=false&unknown=1")).text).toBe(plain.text);
    expect((await get("service/jwks/get?pretty=maybe")).json).toMatchObject({ resultCode: "A126202" });
  });

  it("are empty for a service without keys", async () => {
    const bare = await openTestEngine({ service: { jwks: '{"keys":[]}' } });
    const response = await webApiOf(bare).endpoint(
      new Request(`https://engine.example/api/${SERVICE_ID}/service/jwks/get`, {
        headers: { authorization: `Bearer ${ACCESS_TOKEN}` },
      }),
    );
    expect([response.status, await response.text()]).toEqual([204, ""]);
    await bare.close();
  });

  it("have no member that is null, whatever the engine stores", async () => {
    const engine = {
      ...api.test.engine,
      "service/get": async () => ({ issuer: "i", description: null, x: undefined }),
    };
    const sent = { method: "GET", path: `${API}/service/get`, headers: {} };
    const answer = await webApiOf(api.test, engine as unknown as Engine).send(sent);
    expect(answer.text).toBe('{"issuer":"i"}');
  });

  it("tell an unknown client by status and code", async () => {
    const sent = { method: "GET", headers: {} };
    await api.refused({ ...sent, path: `${API}/client/get/999` }, 404, "A001212");
    expect((await get(`client/get/${clients.firstParty.id}`)).json).toMatchObject({ clientId: 2000 });
  });
});

describe("an engine that fails", () => {
  const failing = (error: unknown) => {
    const reject = async () => {
      throw error;
    };
    const calls = Object.keys(api.test.engine).map((name) => [name, reject]);
    return webApiOf(api.test, Object.fromEntries(calls) as unknown as Engine);
  };

  it.each([
    new Error("canary-2 at secret/path.ts"),
    new EngineUnavailable("auth/token", "canary-2", { outcomeUnknown: true }),
    "canary-2",
    undefined,
  ])("gives 500 without a word about the reason, which is reported: %s", async (error) => {
    const { refused, reported } = failing(error);
    const answer = await refused({}, 500, "A001101");
    expect(answer.text).not.toMatch(/canary|secret|\.ts/);
    expect(reported).toEqual([error]);
  });

  it("is not reported when it refuses the call itself", async () => {
    const { refused, reported } = failing(new EngineRefusedCall("auth/token", 404, "A001212"));
    await refused({}, 404, "A001212");
    expect(reported).toEqual([]);
  });
});
