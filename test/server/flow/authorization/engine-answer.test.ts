import { describe, expect, it } from "vitest";
import { type FinalAnswer, finalOutcome } from "../../../../src/server/flow/authorization/engine-answer.ts";
import { scriptedPorts } from "../../../support/spec-ports.ts";

const client = { name: "Example App", home: undefined };

function outcome(answer: FinalAnswer) {
  const { ports, log } = scriptedPorts({});
  const context = { call: "auth/authorization/issue", client, refused: "REQUEST_FAILED" as const };
  return { outcome: finalOutcome(ports, answer, context), log };
}

const located = (responseContent: string): FinalAnswer => ({ action: "LOCATION", responseContent });

describe("what an answer of the engine that ends a request comes to", () => {
  it.each(["https://app.example/cb?code=1", "http://127.0.0.1:51/cb#x", "com.example.app:/cb?code=1"])(
    "LOCATION leads to %s",
    (location) => {
      expect(outcome(located(location)).outcome).toEqual({ kind: "redirect", location, client });
    },
  );

  it.each([
    "javascript:alert(1)",
    "JavaScript:alert(1)",
    " javascript:alert(1)",
    "data:text/html,x",
    "vbscript:x",
    "blob:https://app.example/1",
    "file:///etc/passwd",
    "about:blank",
    "/relative",
    "",
  ])("LOCATION does not lead to %j, and the log says so without it", (location) => {
    const { outcome: result, log } = outcome(located(location));
    expect(result).toEqual({ kind: "problem", problem: "FAULT", correlationId: expect.any(String) });
    expect(JSON.stringify(log)).not.toContain("alert");
    expect(log).toMatchObject([{ level: "error", event: "authorization.failed" }]);
  });

  it("FORM is a page of the engine", () => {
    expect(outcome({ action: "FORM", responseContent: "<form>" }).outcome).toEqual({
      kind: "form",
      html: "<form>",
    });
  });

  it.each([
    [
      '{"error":"invalid_request","error_description":"[A1] Why."}',
      { error: "invalid_request", description: "[A1] Why." },
    ],
    ['{"error":"invalid_request"}', { error: "invalid_request", description: undefined }],
    ['{"error":1}', undefined],
    ["null", undefined],
    ["no JSON", undefined],
  ])("BAD_REQUEST with %s is a page with what it says", (responseContent, error) => {
    expect(outcome({ action: "BAD_REQUEST", responseContent }).outcome).toEqual({
      kind: "problem",
      problem: "REQUEST_FAILED",
      client,
      error,
    });
  });

  it.each<FinalAnswer>([
    { action: "INTERNAL_SERVER_ERROR", resultCode: "A041201", responseContent: "secret of the engine" },
    { action: "UNKNOWN_ACTION", receivedAction: "NEW", resultCode: "A999999" },
  ])("$action is a fault of which a person sees a correlation id only", (answer) => {
    const { outcome: result, log } = outcome(answer);
    expect(result).toEqual({ kind: "problem", problem: "FAULT", correlationId: expect.any(String) });
    expect(JSON.stringify(log)).toContain(answer.resultCode);
    expect(JSON.stringify([result, log])).not.toContain("secret of the engine");
  });
});
