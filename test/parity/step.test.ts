import { describe, expect, it } from "vitest";
import { EngineRefusedCall, EngineUnavailable } from "../../src/server/authlete/error.ts";
import { answeredStep, failedStep } from "./step.ts";

const step = (answer: unknown) => answeredStep("auth/token", answer);

describe("what is compared of an answer", () => {
  it("is its action, the OAuth error, and which members it has", () => {
    const answer = {
      action: "BAD_REQUEST",
      resultCode: "A050305",
      resultMessage: "[A050305] text",
      responseContent: '{"error":"invalid_grant","error_description":"text"}',
    };
    expect(step(answer)).toEqual({
      operation: "auth/token",
      action: "BAD_REQUEST",
      error: "invalid_grant",
      members: ["responseContent"],
      content: ["error", "error_description"],
      resultCode: "A050305",
    });
  });

  it("is no member that says nothing: the cloud writes 0 where the engine writes none", () => {
    const answer = {
      action: "OK",
      accessToken: "t",
      refreshTokenDuration: 0,
      idToken: null,
      scopes: [],
      used: false,
    };
    expect(step(answer).members).toEqual(["accessToken"]);
  });

  it.each([
    ["https://rp.example/cb?error=access_denied&state=s", "access_denied", ["error", "state"]],
    ["https://rp.example/cb#error=login_required", "login_required", ["error"]],
    ["https://rp.example/cb?code=c&iss=i", undefined, ["code", "iss"]],
    ['Bearer error="invalid_token",error_description="text"', "invalid_token", []],
  ])("is what a redirect or a header says: %s", (responseContent, error, content) => {
    const { error: found, content: members } = step({ action: "LOCATION", responseContent });
    expect({ error: found, content: members }).toEqual({ error, content });
  });

  it("is nothing of settings, which are the service's own", () => {
    const settings = { accessTokenDuration: 600, issuer: "https://as.example" };
    expect(answeredStep("service/get", settings)).toEqual({
      operation: "service/get",
      members: [],
      content: [],
    });
  });
});

describe("what is compared of a call that failed", () => {
  it("is the status and the code of a refusal, and otherwise what failed", () => {
    expect(failedStep("client/get", new EngineRefusedCall("client/get", 404, "A001212"))).toMatchObject({
      action: "the call failed: 404",
      resultCode: "A001212",
    });
    const failure = new EngineUnavailable("auth/token", "no answer in time", { outcomeUnknown: true });
    expect(failedStep("auth/token", failure)).toMatchObject({
      action: "the call failed: auth/token: no answer in time",
    });
  });
});
