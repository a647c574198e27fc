import { describe, expect, it } from "vitest";
import type { Response as Answer } from "../../../src/server/authlete/operations.ts";
import { createRevocationEndpoint } from "../../../src/server/http/revocation.ts";
import { formRequest, scriptedPorts } from "../../support/spec-ports.ts";

type Revocation = Answer<"auth/revocation">;

async function ask(answer: Revocation) {
  const scripted = scriptedPorts({ script: { "auth/revocation": () => answer } });
  const headers = { authorization: `Basic ${Buffer.from("2001:a%2Bb").toString("base64")}` };
  const response = await createRevocationEndpoint(scripted.ports)(
    formRequest("token=t&callback=alert", { headers }),
  );
  return { ...scripted, response, text: await response.text() };
}

describe("every action of auth/revocation", () => {
  it("OK is 200 and empty, whatever the engine has to say: no JSONP", async () => {
    const { response, text, calls } = await ask({ action: "OK", responseContent: "alert({})" });
    expect(response.status).toBe(200);
    expect(text).toBe("");
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(calls).toEqual([
      {
        name: "auth/revocation",
        request: { parameters: "token=t&callback=alert", clientId: "2001", clientSecret: "a+b" },
      },
    ]);
  });

  it.each<[Revocation, number]>([
    [{ action: "BAD_REQUEST", responseContent: '{"error":"invalid_request"}' }, 400],
    [{ action: "INVALID_CLIENT", responseContent: '{"error":"invalid_client"}' }, 401],
  ])("%o becomes %i with the engine's own text", async (answer, status) => {
    const { response, text } = await ask(answer);
    expect(response.status).toBe(status);
    expect(text).toBe("responseContent" in answer ? answer.responseContent : undefined);
    expect(response.headers.has("www-authenticate")).toBe(status === 401);
  });

  it.each<Revocation>([
    { action: "INTERNAL_SERVER_ERROR", responseContent: "leak" },
    { action: "UNKNOWN_ACTION", receivedAction: "leak" },
  ])("%o is 500 without its text", async (answer) => {
    const { response, text } = await ask(answer);
    expect(response.status).toBe(500);
    expect(text).not.toContain("leak");
  });
});
