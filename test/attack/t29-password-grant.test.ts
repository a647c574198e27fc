import { createTokenEndpoint } from "../../src/server/http/token.ts";
import { openGate } from "../support/gate.ts";
import { createNaiveTokenEndpoint } from "../support/naive/token-endpoint.ts";
import { attack } from "./attack.ts";
import { victimOf } from "./people.ts";
import { type AttackedTokenEndpoint, askForToken, passwordGrant, tokenEndpoints } from "./token-endpoint.ts";

async function open(
  create: (services: AttackedTokenEndpoint["services"]) => AttackedTokenEndpoint["token"],
): Promise<AttackedTokenEndpoint> {
  const gate = await openGate();
  return { ...gate, token: create(gate.services) };
}

attack("sign in with a password that was phished, past every page there is, by a client that nobody listed", {
  surface: "oauth",
  naive: () => open(createNaiveTokenEndpoint),
  ours: () => open(createTokenEndpoint),
  refusal: { status: 400, error: "unauthorized_client" },
  async run(target) {
    const { status, error, access_token } = await askForToken(target, passwordGrant(await victimOf(target)));
    return { succeeded: access_token !== undefined, gained: access_token, refusal: { status, error } };
  },
  async honest(target) {
    const listed = await tokenEndpoints.ours();
    const { access_token } = await askForToken(listed, passwordGrant(await victimOf(listed)));
    await listed.close();
    const own = { grant_type: "client_credentials", scope: "token:issue" };
    return access_token !== undefined && (await askForToken(target, own)).access_token !== undefined;
  },
});
