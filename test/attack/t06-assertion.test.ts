import { signJwt } from "../support/jwt.ts";
import { type ExchangeDesk, exchanges, outcomeOf, withAssertion } from "./assertions.ts";
import { attack } from "./attack.ts";

const signed = ({ keys, claims }: ExchangeDesk) =>
  signJwt(keys.privateKey, { header: { alg: "ES256", kid: "k1" }, payload: claims() });

attack("use an assertion of somebody a second time", {
  surface: "exchange",
  ...exchanges,
  refusal: { status: 400, error: "invalid_grant" },
  async run(desk) {
    const assertion = await signed(desk);
    await desk.ask(withAssertion(assertion));
    return outcomeOf(await desk.ask(withAssertion(assertion)));
  },
  honest: async (desk) => (await desk.ask(withAssertion(await signed(desk)))).status === 200,
});

attack("use an assertion of somebody 16 times at once", {
  surface: "exchange",
  ...exchanges,
  refusal: 1,
  async run(desk) {
    const assertion = await signed(desk);
    const asked = Array.from({ length: 16 }, () => desk.ask(withAssertion(assertion)));
    const good = (await Promise.all(asked)).filter(({ status }) => status === 200).length;
    return { succeeded: good > 1, gained: good, refusal: good };
  },
  honest: async (desk) => (await desk.ask(withAssertion(await signed(desk)))).status === 200,
});
