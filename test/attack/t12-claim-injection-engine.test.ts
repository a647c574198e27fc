import { attack } from "./attack.ts";
import { claimsOf } from "./engine-settings.ts";
import { issueAtWebApi, webApis } from "./web-api.ts";

/** What the engine lets nobody choose, even where the service in front of it has no rules. */
const own = ["iss", "sub", "client_id", "scope", "exp", "iat", "jti", "cnf"];

attack("choose claims that say whose token it is, at the engine itself, past all checks", {
  surface: "web-api",
  ...webApis,
  async run(target) {
    const jwtAtClaims = JSON.stringify(Object.fromEntries(own.map((name) => [name, "chosen"])));
    const { jwtAccessToken } = await issueAtWebApi(target, { jwtAtClaims });
    const claims = claimsOf(jwtAccessToken);
    if (claims.sub === undefined) throw new Error("there is no signed token");
    const gained = own.filter((name) => claims[name] === "chosen");
    return { succeeded: gained.length > 0, gained };
  },
  async honest(target) {
    const { jwtAccessToken } = await issueAtWebApi(target, { jwtAtClaims: '{"plan":"pro"}' });
    const { plan, sub } = claimsOf(jwtAccessToken);
    return plan === "pro" && sub === "usr_1";
  },
});
