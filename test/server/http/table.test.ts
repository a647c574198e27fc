import { afterEach, describe, expect, it } from "vitest";
import { createRouter } from "../../../src/server/http/router.ts";
import { endpointTable } from "../../../src/server/http/table.ts";
import { openServices, type Services } from "../../../src/server/services.ts";
import { gateConfig, ORIGIN } from "../../support/gate.ts";

let services: Services;
afterEach(() => services.close());

async function ask(env: Record<string, string>, path: string, options: RequestInit = {}): Promise<Response> {
  services = await openServices(gateConfig(env), { database: ":memory:" });
  const row = createRouter(endpointTable(services))(path);
  if (!row) throw new Error(`no row for ${path}`);
  return row.endpoint(new Request(`${ORIGIN}${path}`, options));
}

const cloud = {
  AUTHLETE_BASE_URL: "https://us.authlete.com",
  AUTHLETE_SERVICE_ID: "21653835348762",
  AUTHLETE_API_TOKEN: "a-token-of-the-cloud",
};
const headers = {
  "content-type": "application/json;charset=utf-8",
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
};

describe("the Web API where the engine is in the cloud", () => {
  it.each([
    ["GET", "/api/21653835348762/service/get"],
    ["POST", "/api/1/auth/token"],
    ["DELETE", "/api/x/y/z"],
  ])("is not there, which it says as it says everything: %s %s", async (method, path) => {
    const answer = await ask(cloud, path, { method });
    expect(answer.status).toBe(404);
    expect(Object.fromEntries(answer.headers)).toEqual(headers);
    expect(await answer.json()).toEqual({
      resultCode: "A001223",
      resultMessage: "[A001223] No engine is embedded here.",
    });
  });
});

it("the Web API of the embedded engine is there, and refuses in the same form", async () => {
  const answer = await ask({}, "/api/1/service/get");
  expect(answer.status).toBe(401);
  expect(Object.fromEntries(answer.headers)).toMatchObject(headers);
  expect(await answer.json()).toEqual({
    resultCode: "A001202",
    resultMessage: expect.stringMatching(/^\[A001202\] /),
  });
});
