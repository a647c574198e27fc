import { describe, expect, it } from "vitest";
import type { Request } from "../../../src/server/authlete/operations.ts";
import { basic, form } from "../../support/engine.ts";
import { authorizationParameters, authorize, introspect, issueCode, redeem, ticketIn } from "./code-flow.ts";
import { expectRefusal } from "./refused.ts";
import type { OpenService } from "./service.ts";
import { type Stage, useStage } from "./stage.ts";

/** Pushed authorization requests (RFC 9126): optional, required, with bad credentials. */
export function describePushedAuthorization(open: OpenService): void {
  describe("pushed authorization requests", () => {
    describe("where they are optional", () => {
      const stage = useStage(open);

      it("lead to a token", () => expectFlow(stage()));

      it("are not needed", async () => {
        expect(await authorize(stage())).toMatchObject({ action: "INTERACTION" });
      });

      it.each([
        ["a wrong secret", { clientSecret: "wrong" }],
        ["no secret", { clientSecret: undefined }],
      ])("are refused with %s", async (_what, credentials) => {
        expectRefusal(await push(stage(), credentials), "UNAUTHORIZED", "invalid_client");
        expect(await push(stage())).toMatchObject({ action: "CREATED" });
      });

      it("can be opened again until they have led to a code", async () => {
        const requestUri = await pushed(stage());
        expect(await openPushed(stage(), requestUri)).toMatchObject({ action: "INTERACTION" });
        await issueCode(stage(), ticketIn(await openPushed(stage(), requestUri)));
        expectRefusal(await openPushed(stage(), requestUri), "BAD_REQUEST", "invalid_request_uri");
      });
    });

    describe("where they are required", () => {
      const stage = useStage(open, { service: { parRequired: true } });

      it("lead to a token", () => expectFlow(stage()));

      it("are the only way", async () => {
        const direct = await authorize(stage());
        expect(["LOCATION", "BAD_REQUEST"]).toContain(direct.action);
        expectRefusal(direct, direct.action, "invalid_request");
      });
    });
  });
}

type Credentials = Pick<Partial<Request<"pushed_auth_req">>, "clientId" | "clientSecret">;

function push(stage: Stage, credentials: Credentials = {}) {
  return stage.authlete.pushed_auth_req({
    parameters: authorizationParameters(stage),
    ...basic(stage.client),
    ...credentials,
  });
}

async function pushed(stage: Stage): Promise<string> {
  const answer = await push(stage);
  return answer.action === "CREATED" ? answer.requestUri : expect.fail(`not pushed: ${answer.resultMessage}`);
}

function openPushed({ authlete, client }: Stage, requestUri: string) {
  const parameters = form({ client_id: client.id, request_uri: requestUri });
  return authlete["auth/authorization"]({ parameters });
}

async function expectFlow(stage: Stage): Promise<void> {
  const requestUri = await pushed(stage);
  expect(requestUri).toMatch(/^urn:ietf:params:oauth:request_uri:\S+$/);
  const { code } = await issueCode(stage, ticketIn(await openPushed(stage, requestUri)));
  const issued = await redeem(stage, code);
  if (issued.action !== "OK") return expect.fail(`nothing issued: ${issued.resultMessage}`);
  expect(await introspect(stage, issued.accessToken)).toMatchObject({ action: "OK" });
}
