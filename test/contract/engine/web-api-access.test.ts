import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SERVICE_ID } from "../../support/engine.ts";
import { ACCESS_TOKEN } from "./served-engine.ts";
import { API, good, JSON_TYPE, openWebApi, TOKEN_PATH, type WebApi } from "./web-api.ts";

let api: WebApi;
beforeAll(async () => {
  api = await openWebApi();
});
afterAll(() => api.test.close());

describe("who may call", () => {
  it.each([`Bearer ${ACCESS_TOKEN}`, `bearer ${ACCESS_TOKEN}`, `BEARER   ${ACCESS_TOKEN}`])(
    "the bearer of the access token: %s",
    async (authorization) => {
      await api.allowed({ headers: { ...JSON_TYPE, authorization } });
    },
  );

  it("nobody without an Authorization header", async () => {
    const response = await api.endpoint(
      new Request(`https://engine.example${TOKEN_PATH}`, {
        method: "POST",
        headers: JSON_TYPE,
        body: JSON.stringify(good),
      }),
    );
    expect(response.status).toBe(401);
    expect(response.headers.get("www-authenticate")).toBe("Bearer");
    expect(await response.json()).toMatchObject({ resultCode: "A001202" });
  });

  it.each([
    "Basic MTAwMTpzZWNyZXQ=",
    "Bearer",
    ACCESS_TOKEN,
    `Bearer ${ACCESS_TOKEN} ${ACCESS_TOKEN}`,
    `Bearer ${ACCESS_TOKEN}, Bearer x`,
    "Bearer ünknown",
  ])("nobody with a malformed header: %s", async (authorization) => {
    await api.refused({ headers: { ...JSON_TYPE, authorization } }, 400, "A001203");
  });

  it.each([`${ACCESS_TOKEN}x`, ACCESS_TOKEN.slice(0, -1), ACCESS_TOKEN.toUpperCase(), "x"])(
    "nobody with another token: %s",
    async (token) => {
      const sent = { headers: { ...JSON_TYPE, authorization: `Bearer ${token}` } };
      const answer = await api.refused(sent, 401, "A458101");
      expect(answer.headers.get("www-authenticate")).toBe('Bearer error="invalid_token"');
    },
  );

  it.each(["1", `${SERVICE_ID}0`, `0${SERVICE_ID}`, "%31001", "auth"])(
    "nobody for the service %s",
    async (id) => {
      await api.refused({ path: `/api/${id}/auth/token` }, 403, "A001217");
    },
  );

  it("learns nothing about paths, methods or services without the token", async () => {
    const headers = { authorization: "Bearer x" };
    await api.refused({ headers, path: "/api/1/nowhere" }, 401, "A458101");
    await api.refused({ headers, method: "DELETE" }, 401, "A458101");
  });
});

describe("paths", () => {
  it.each([
    "/",
    "/api",
    "/api/",
    "/apix/1001/auth/token",
    API,
    `${API}/`,
    `${API}/auth`,
    `${API}/auth/token/`,
    `${API}//auth/token`,
    `${API}/auth/Token`,
    `${API}/auth/token/issue/more`,
    `${API}/client/get`,
    `${API}/client/get/`,
    `${API}/client/get/1/2`,
    `${API}/constructor`,
    `${API}/__proto__`,
    `${API}/auth/authorization/ticket`,
    `${API}/gm/more`,
    `${API}/client/authorization/get/list/`,
    `${API}/client/delete/1/2`,
  ])("nothing is at %s", async (path) => {
    await api.refused({ path }, 404, "A001223");
    await api.refused({ path, method: "GET" }, 404, "A001223");
  });

  it("no client is at a path that cannot be decoded", async () => {
    const client = `${API}/client/get`;
    await api.refused({ path: `${client}/%E0%A4%A`, method: "GET" }, 404, "A001223");
    expect((await api.send({ path: `${client}/%32000`, method: "GET" })).json).toMatchObject({
      clientId: 2000,
    });
  });
});
