import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { form } from "../../support/engine.ts";
import { ACCESS_TOKEN } from "./served-engine.ts";
import { API, FORM_TYPE, good, JSON_TYPE, openWebApi, TOKEN_PATH, type WebApi } from "./web-api.ts";

let api: WebApi;
beforeAll(async () => {
  api = await openWebApi();
});
afterAll(() => api.test.close());

describe("bodies", () => {
  it.each([
    "application/json",
    "application/json; charset=UTF-8",
    "APPLICATION/JSON;charset=utf-8",
    "application/json ;x=y",
  ])("may be %s", async (type) => {
    await api.allowed({ headers: { "content-type": type } });
  });

  it("need a type", async () => {
    await api.refused({ headers: {}, body: new Uint8Array([123, 125]) }, 400, "A258201");
    await api.refused({ headers: { "content-type": ";" } }, 400, "A258201");
  });

  it.each([
    "text/plain",
    "application/xml",
    "multipart/form-data; boundary=x",
    "application/jsonp",
    "application/x-json",
  ])("may not be %s", async (type) => {
    await api.refused({ headers: { "content-type": type } }, 415, "A258201");
  });

  it.each([JSON_TYPE, FORM_TYPE])("may not be empty: %j", async (headers) => {
    for (const body of [null, "", " \n"]) await api.refused({ headers, body }, 400, "A126203");
  });

  it.each(["{", "nonsense", "[]", "null", "7", '"text"', "{}{}", "[".repeat(100_000), "\ud800"])(
    "of JSON have to be an object: %j",
    async (body) => {
      await api.refused({ body }, 400, "A126202");
    },
  );

  it("may not be nested without end", async () => {
    await api.refused({ body: `{"a":${"[".repeat(200_000)}${"]".repeat(200_000)}}` }, 400, "A126202");
    await api.allowed({ body: JSON.stringify({ ...good, unknown: [[[[[[1]]]]]] }) });
  });

  it("may have 1 MB and not more, whether they tell their length or not", async () => {
    const padded = (bytes: number) => {
      const text = JSON.stringify({ ...good, padding: "" });
      return text.replace('"padding":""', `"padding":"${"x".repeat(bytes - text.length)}"`);
    };
    const limit = 1024 * 1024;
    await api.allowed({ body: padded(limit) });
    await api.refused({ body: padded(limit + 1) }, 413, "A126202");
    await api.allowed({ headers: { ...JSON_TYPE, "content-length": String(limit) }, body: padded(limit) });
    await api.refused(
      { headers: { ...JSON_TYPE, "content-length": String(limit + 1) }, body: "{}" },
      413,
      "A126202",
    );
    await api.refused({ headers: { ...JSON_TYPE, "content-length": "many" }, body: "{}" }, 413, "A126202");
  });

  it("that break off are refused", async () => {
    const broken = new ReadableStream({
      pull(controller) {
        controller.error(new Error("reset"));
      },
    });
    const request = new Request(`https://engine.example${TOKEN_PATH}`, {
      method: "POST",
      headers: { ...JSON_TYPE, authorization: `Bearer ${ACCESS_TOKEN}` },
      body: broken,
      duplex: "half",
    } as RequestInit);
    const response = await api.endpoint(request);
    expect([response.status, (await response.json()).resultCode]).toEqual([400, "A126202"]);
  });
});

describe("members", () => {
  it("that are null count as absent", async () => {
    await api.allowed({
      body: JSON.stringify({ ...good, dpop: null, properties: null, accessTokenDuration: null, x: null }),
    });
    const answer = await api.send({ body: '{"parameters":null}' });
    expect(answer).toMatchObject({ status: 200, json: { resultCode: "A047201" } });
  });

  it("that are missing are for the operation to judge", async () => {
    const issue = await api.send({ path: `${TOKEN_PATH}/issue`, body: "{}" });
    expect(issue).toMatchObject({
      status: 200,
      json: { action: "INTERNAL_SERVER_ERROR", resultCode: "A055201" },
    });
    const introspect = await api.send({ path: `${API}/auth/introspection`, body: "{}" });
    expect(introspect).toMatchObject({ status: 200, json: { action: "BAD_REQUEST", resultCode: "A057301" } });
  });

  it("that the contract does not know are left aside", async () => {
    await api.allowed({ body: JSON.stringify({ ...good, novelty: { deep: [1, 2] }, constructor: 1 }) });
    await api.allowed({ body: JSON.stringify(good).replace("{", '{"__proto__":{"clientId":"9"},') });
  });

  it.each([
    [{ parameters: 7 }, "parameters"],
    [{ clientSecret: {} }, "clientSecret"],
    [{ properties: "tier=gold" }, "properties"],
    [{ properties: [{ key: "k", value: 7 }] }, "properties.0.value"],
    [{ accessTokenDuration: "60" }, "accessTokenDuration"],
    [{ accessTokenDuration: 1.5 }, "accessTokenDuration"],
    [{ accessTokenDuration: 2 ** 60 }, "accessTokenDuration"],
    [{ dpopNonceRequired: "true" }, "dpopNonceRequired"],
    [{ clientCertificatePath: "x" }, "clientCertificatePath"],
  ])("of the wrong type are refused by name: %j", async (wrong, member) => {
    const answer = await api.refused({ body: JSON.stringify({ ...good, ...wrong }) }, 400, "A126202");
    expect(answer.json.resultMessage).toContain(` ${member} `);
  });

  it("never have their value told", async () => {
    const answer = await api.refused(
      { body: JSON.stringify({ ...good, clientSecret: ["canary-1"] }) },
      400,
      "A126202",
    );
    expect(answer.text).not.toContain("canary-1");
  });
});

describe("form bodies", () => {
  const sendForm = (path: string, parameters: Record<string, string | string[]>) =>
    api.send({ path: `${API}/${path}`, headers: FORM_TYPE, body: form(parameters) });

  it("carry what JSON bodies carry", async () => {
    const { ticket } = (await api.allowed({ headers: FORM_TYPE, body: form(good) })).json;
    const issued = await sendForm("auth/token/issue", {
      ticket,
      subject: "alice",
      accessTokenDuration: "60",
      refreshTokenDuration: "",
      properties: '[{"key":"tier","value":"gold","hidden":true}]',
    });
    expect(issued.json).toMatchObject({
      action: "OK",
      accessTokenDuration: 60,
      refreshTokenDuration: 2_592_000,
      properties: [{ key: "tier", value: "gold", hidden: true }],
    });
    const token = issued.json.accessToken;
    const introspect = async (scopes: string | string[]) =>
      (await sendForm("auth/introspection", { token, scopes })).json.action;
    expect(await introspect(["openid", "profile"])).toBe("OK");
    expect(await introspect('["openid","profile"]')).toBe("OK");
    expect(await introspect("openid")).toBe("OK");
    expect(await introspect("")).toBe("OK");
    expect(await introspect(["openid", "email"])).toBe("FORBIDDEN");
    expect(await introspect('["openid","email"]')).toBe("FORBIDDEN");
    expect(await introspect("email")).toBe("FORBIDDEN");
  });

  it.each([
    [{ ...good, accessTokenDuration: "a minute" }, "accessTokenDuration"],
    [{ ...good, accessTokenDuration: "1e400" }, "accessTokenDuration"],
    [{ ...good, accessTokenDuration: ["60", "61"] }, "accessTokenDuration"],
    [{ ...good, dpopNonceRequired: "yes" }, "dpopNonceRequired"],
    [{ ...good, clientId: ["2000", "2001"] }, "clientId"],
    [{ ...good, properties: "[{" }, "properties"],
    [{ ...good, properties: '[{"key":1}]' }, "properties.0.key"],
    [{ ...good, cimdOptions: "x" }, "cimdOptions"],
  ])("are refused by name for a value that is none of its type: %j", async (parameters, member) => {
    const answer = await api.refused({ headers: FORM_TYPE, body: form(parameters) }, 400, "A126202");
    expect(answer.json.resultMessage).toContain(` ${member} `);
  });

  it("take an empty number, boolean or object as absent, and null too", async () => {
    const empty = { accessTokenDuration: "", dpopNonceRequired: "", properties: "", cimdOptions: "null" };
    await api.allowed({ headers: FORM_TYPE, body: form({ ...good, ...empty }) });
  });
});
