import { execFile } from "node:child_process";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ComparedService } from "./compared-service.ts";
import { type Answer, serveDifferently } from "./different-engine.ts";
import { type EngineProcess, startEngineProcess } from "./engine-process.ts";

/** What `npm run parity` writes and ends with, under an environment of its own. */
function parity(
  service: Partial<ComparedService>,
): Promise<{ code: number; output: string; errors: string }> {
  const env = {
    PATH: process.env.PATH ?? "",
    NODE_ENV: "test" as const,
    ...(service.baseUrl && { AUTHLETE_BASE_URL: service.baseUrl }),
    ...(service.serviceId && { AUTHLETE_SERVICE_ID: service.serviceId }),
    ...(service.token && { AUTHLETE_API_TOKEN: service.token }),
  };
  return new Promise((done) => {
    const child = execFile(process.execPath, ["test/parity/run.ts"], { env }, (_error, output, errors) =>
      done({ code: child.exitCode ?? -1, output, errors }),
    );
  });
}

describe("npm run parity", () => {
  let engine: EngineProcess;
  beforeAll(async () => {
    engine = await startEngineProcess();
  });
  afterAll(() => engine.stop());

  it("says that it compared nothing where no service is named, and is content", async () => {
    const { code, output } = await parity({});
    expect(code).toBe(0);
    expect(output).toBe(
      "Parity was not checked: no service is named. Set AUTHLETE_BASE_URL, AUTHLETE_SERVICE_ID, AUTHLETE_API_TOKEN.\n",
    );
  });

  it("does not take a service that is named by half for none", async () => {
    const { code, output, errors } = await parity({ baseUrl: engine.service.baseUrl });
    expect({ code, output }).toEqual({ code: 2, output: "" });
    expect(errors).toContain("AUTHLETE_SERVICE_ID, AUTHLETE_API_TOKEN not set");
  });

  it("finds no difference between the engine and itself in another process", async () => {
    const { code, output } = await parity(engine.service);
    expect(output).toMatch(/^PKCE: no difference \(\d+ tests\)$/m);
    expect(output).toMatch(/^\d+ tests, [1-9]\d\d+ calls, 0 differences\.$/m);
    expect(output).not.toContain("result codes");
    expect(code).toBe(0);
  });

  it("tells what is different in an engine that is", async () => {
    const different = await serveDifferently(engine.service.baseUrl, change);
    const { code, output } = await parity({
      ...engine.service,
      baseUrl: `http://127.0.0.1:${different.port}`,
    });
    await different.close();
    expect(code).toBe(1);
    expect(output).toContain(
      [
        "  redeems a code once",
        "    the test: outcome",
        "      embedded  passed",
        "      compared  failed: expected { action: 'BAD_REQUEST', …(1) } to deeply equal { action: 'BAD_REQUEST', …(1) }",
      ].join("\n"),
    );
    expect(output).toContain("OAuth error\n      embedded  invalid_grant\n      compared  invalid_request");
    expect(output).toContain("auth/userinfo: members\n      embedded  -\n      compared  dpopNonce");
    expect(output).toContain(
      "  result codes, not counted\n    pushed_auth_req: embedded A245001, compared A245999",
    );
    expect(output).toMatch(/^properties: no difference/m);
  });

  it("takes a service that cannot be reached for no parity", async () => {
    const { code, output } = await parity({ ...engine.service, token: "another-token" });
    expect(code).toBe(1);
    expect(output).toContain("compared  not run: service/get: refused with 401");
  });
});

/** Another OAuth error, a member more, another result code. */
function change({ path, body }: Answer): Record<string, unknown> {
  if (path.endsWith("/auth/token")) {
    const content = String(body.responseContent).replace('"invalid_grant"', '"invalid_request"');
    return { ...body, responseContent: content };
  }
  if (path.endsWith("/auth/userinfo")) return { ...body, dpopNonce: "a nonce" };
  if (path.endsWith("/pushed_auth_req") && body.action === "CREATED")
    return { ...body, resultCode: "A245999" };
  return body;
}
