import { attack } from "./attack.ts";
import { claimsOf } from "./engine-settings.ts";
import { issueAtWebApi, webApis } from "./web-api.ts";

const members = ["access_token", "token_type", "expires_in", "refresh_token", "scope", "error", "id_token"];

attack("choose members of the token response at the engine itself, past all checks", {
  surface: "web-api",
  ...webApis,
  async run(target) {
    const properties = members.map((key) => ({ key, value: "chosen", hidden: false }));
    const { responseContent = "{}" } = await issueAtWebApi(target, { properties });
    const response = JSON.parse(responseContent) as Record<string, unknown>;
    const gained = members.filter((name) => response[name] === "chosen");
    return { succeeded: gained.length > 0, gained };
  },
  async honest(target) {
    const properties = [{ key: "plan", value: "pro", hidden: false }];
    const { action, responseContent = "{}" } = await issueAtWebApi(target, { properties });
    return action === "OK" && (JSON.parse(responseContent) as { plan: string }).plan === "pro";
  },
});

attack("see a hidden property in the token response of the engine, or in its signed token", {
  surface: "web-api",
  ...webApis,
  async run(target) {
    const properties = [{ key: "risk", value: "rated-as-high", hidden: true }];
    const { responseContent = "", jwtAccessToken } = await issueAtWebApi(target, { properties });
    const claims = claimsOf(jwtAccessToken);
    if (claims.sub !== "usr_1") throw new Error("there is no signed token");
    const seen = responseContent + JSON.stringify(claims);
    return { succeeded: seen.includes("rated-as-high"), gained: seen };
  },
  async honest(target) {
    const properties = [{ key: "risk", value: "rated-as-high", hidden: true }];
    return (await issueAtWebApi(target, { properties })).action === "OK";
  },
});
