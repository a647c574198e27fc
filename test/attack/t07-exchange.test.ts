import { accessTokenOf, tokensOf } from "../support/provider.ts";
import { type ExchangeDesk, exchanges, outcomeOf, withToken } from "./assertions.ts";
import { attack } from "./attack.ts";

async function honest(desk: ExchangeDesk): Promise<boolean> {
  const token = await accessTokenOf(desk.provider, { scope: "openid profile email" });
  return (await desk.ask(withToken(token, "access_token"))).status === 200;
}

for (const type of ["access_token", "id_token", "jwt"] as const) {
  attack(`exchange the refresh token of another client, said to be one of the type ${type}`, {
    surface: "exchange",
    ...exchanges,
    honest,
    refusal: { status: 400, error: "invalid_request" },
    async run(desk) {
      const { json } = await tokensOf(desk.provider);
      return outcomeOf(await desk.ask(withToken(String(json.refresh_token), type)));
    },
  });
}

attack("exchange a token that was revoked", {
  surface: "exchange",
  ...exchanges,
  honest,
  refusal: { status: 400, error: "invalid_request" },
  async run(desk) {
    const token = await accessTokenOf(desk.provider, { scope: "openid profile email" });
    const { authlete } = desk.provider;
    await authlete["auth/token/revoke"]({ accessTokenIdentifier: token });
    return outcomeOf(await desk.ask(withToken(token, "access_token")));
  },
});
