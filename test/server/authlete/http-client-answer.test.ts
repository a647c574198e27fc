import { afterEach, describe, expect, it } from "vitest";
import type { AuthleteClientOptions } from "../../../src/server/authlete/http-client.ts";
import {
  type Behaviour,
  failure,
  introspect,
  issue,
  issued,
  json,
  LEAK,
  type Misbehaving,
  startMisbehaving,
} from "./misbehaving-server.ts";

let server: Misbehaving;
const start = async (behaviour: Behaviour, options: Partial<AuthleteClientOptions> = {}) => {
  server = await startMisbehaving(behaviour, options);
};
afterEach(async () => {
  await server.close();
});

describe("what the client makes of an answer", () => {
  it("treats members that are null as absent, at every depth", async () => {
    await start(json({ ...issued, refreshToken: null, properties: [{ key: "k", value: null }] }));
    const answer = await issue(server);
    expect(answer).toEqual({ ...issued, properties: [{ key: "k" }] });
  });

  it("keeps members that it does not know", async () => {
    await start(json({ ...issued, novelty: { deep: [1] } }));
    expect(await issue(server)).toEqual({ ...issued, novelty: { deep: [1] } });
  });

  it("turns an unknown action into a branch of its own", async () => {
    await start(
      json({ action: "CELEBRATE", resultCode: "A999001", resultMessage: "hooray", accessToken: "value" }),
    );
    expect(await issue(server)).toEqual({
      action: "UNKNOWN_ACTION",
      receivedAction: "CELEBRATE",
      resultCode: "A999001",
      resultMessage: "hooray",
    });
  });

  it("takes settings with values that are newer than the contract", async () => {
    await start(json({ supportedTokenAuthMethods: ["SPIFFE_JWT", "NONE"], accessTokenSignAlg: "ML-DSA-44" }));
    expect(await server.client["service/get"]({})).toEqual({
      supportedTokenAuthMethods: ["SPIFFE_JWT", "NONE"],
      accessTokenSignAlg: "ML-DSA-44",
    });
  });

  it("reads 204 as a key set without keys, and nowhere else", async () => {
    await start((response) => response.writeHead(204).end());
    expect(await server.client["service/jwks/get"]({})).toEqual({ keys: [] });
    expect(await failure(server.client["service/get"]({}))).toMatchObject({ code: "EngineAnswerInvalid" });
    expect(await failure(issue(server))).toMatchObject({ code: "EngineAnswerInvalid" });
  });

  it.each([
    ["HTML", "text/html", `<p>${LEAK}</p>`, "something other than JSON"],
    ["JSON under another type", "text/plain", JSON.stringify(issued), "something other than JSON"],
    ["nothing", "application/json", "", "JSON that cannot be read"],
    [
      "truncated JSON",
      "application/json",
      `{"action":"OK","accessToken":"${LEAK}`,
      "JSON that cannot be read",
    ],
    ["null", "application/json", "null", "JSON that cannot be read"],
    ["a list", "application/json", "[]", "wrong message"],
    ["no action", "application/json", `{"accessToken":"${LEAK}"}`, "wrong member action"],
    ["an action that is no text", "application/json", `{"action":{"${LEAK}":1}}`, "wrong member action"],
    [
      "OK without a token",
      "application/json",
      `{"action":"OK","responseContent":"${LEAK}"}`,
      "wrong member accessToken",
    ],
    [
      "a member of the wrong type",
      "application/json",
      JSON.stringify({ ...issued, properties: [{ key: 1, value: LEAK }] }),
      "wrong member properties.0.key",
    ],
    [
      "JSON nested without end",
      "application/json",
      `{"a":${"[".repeat(500_000)}${"]".repeat(500_000)}}`,
      "cannot be read",
    ],
    [
      "more than 1 MB",
      "application/json",
      `{"action":"${"x".repeat(1024 * 1024)}"}`,
      "more than 1048576 bytes",
    ],
  ])("refuses %s", async (_what, type, body, message) => {
    await start((response) => response.writeHead(200, { "content-type": type }).end(body));
    const { code, message: shown } = await failure(issue(server));
    expect(code).toBe("EngineAnswerInvalid");
    expect(shown).toContain(message);
    expect(server.arrived).toHaveLength(1);
  });

  it("takes JSON of up to 1 MB, of any JSON type", async () => {
    const message = { ...issued, responseContent: "x".repeat(1024 * 1024 - 200) };
    await start((response) =>
      response
        .writeHead(200, { "content-type": "application/json;charset=UTF-8" })
        .end(JSON.stringify(message)),
    );
    expect(await issue(server)).toEqual(message);
  });

  it("does not ask again after an answer that makes no sense, even where it may", async () => {
    await start(json("{"));
    expect(await failure(introspect(server))).toMatchObject({ code: "EngineAnswerInvalid" });
    expect(server.arrived).toHaveLength(1);
  });

  it("does not follow a redirect, which would carry the token along", async () => {
    await start((response) => response.writeHead(302, { location: "/elsewhere" }).end());
    expect(await failure(server.client["service/jwks/get"]({}))).toMatchObject({
      code: "EngineAnswerInvalid",
      message: "service/jwks/get: answered with status 302",
    });
    expect(server.arrived.map(({ url }) => url)).toEqual(["/api/715948317/service/jwks/get"]);
  });
});

describe("a call that the engine refuses", () => {
  it.each([401, 403])("%i means that the credentials are wrong", async (status) => {
    await start(json({ resultCode: "A458101", resultMessage: LEAK }, status));
    expect(await failure(introspect(server))).toMatchObject({ code: "EngineRefusedCredentials" });
    expect(server.arrived).toHaveLength(1);
  });

  it.each([400, 404, 405, 413])("%i means that the call is wrong", async (status) => {
    await start(json({ resultCode: "A001212", resultMessage: LEAK }, status));
    expect(await failure(introspect(server))).toMatchObject({
      code: "EngineRefusedCall",
      status,
      resultCode: "A001212",
    });
    expect(server.arrived).toHaveLength(1);
  });

  it.each([`{"resultCode":"${LEAK}"}`, LEAK, "null", "[]", '{"resultCode":7}'])(
    "shows nothing of a body without a proper result code: %s",
    async (body) => {
      await start(json(body, 400));
      expect(await failure(introspect(server))).toMatchObject({
        code: "EngineRefusedCall",
        resultCode: undefined,
        message: "auth/introspection: refused with 400",
      });
    },
  );
});
