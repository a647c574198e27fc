import { cookieRules } from "../../src/server/session/cookie.ts";
import { interactionCookie } from "../../src/server/session/interaction.ts";
import type { AuthorizationGate, Visitor } from "../support/authorization-gate.ts";
import { ORIGIN } from "../support/gate.ts";
import { attack } from "./attack.ts";
import { agrees, codeIn, grants, requests } from "./requests.ts";

/** Goes on with a request and agrees, in any browser. */
async function finish(gate: AuthorizationGate, browser: Visitor, handle: string, subject?: string) {
  const answers = [await browser.resume(handle), await browser.decide(handle, "allow", subject)];
  const gained = answers.map(codeIn).find((code) => code !== undefined);
  const refusal = { statuses: answers.map(({ status }) => status), grants: grants(gate) };
  return { succeeded: gained !== undefined, gained, refusal };
}

const unknown = { statuses: [400, 400], grants: 0 };

attack("have the victim's browser finish a request that the attacker's browser began", {
  surface: "interaction",
  ...requests,
  refusal: unknown,
  honest: agrees,
  async run(gate) {
    const [mallory, victim] = [gate.visitor(), await gate.person()];
    gate.clock.advance(1_000);
    const handle = await mallory.begin(gate.request());
    return finish(gate, victim, handle);
  },
});

attack("finish the victim's request with the attacker's account, by a handle out of a history or a log", {
  surface: "interaction",
  ...requests,
  refusal: unknown,
  honest: agrees,
  async run(gate) {
    const [mallory, victim] = [gate.visitor(), await gate.person()];
    const subject = await gate.addPerson("mallory");
    await mallory.signIn("mallory");
    gate.clock.advance(1_000);
    const handle = await victim.begin(gate.request());
    return finish(gate, mallory, handle, subject);
  },
});

attack("finish one request with the cookie of another", {
  surface: "interaction",
  ...requests,
  refusal: unknown,
  honest: agrees,
  async run(gate) {
    const [mallory, victim] = [gate.visitor(), await gate.person()];
    gate.clock.advance(1_000);
    const rules = cookieRules(ORIGIN);
    const planted = await mallory.begin(gate.request());
    const own = await victim.begin(gate.request());
    const value = victim.cookies.get(interactionCookie(rules, own)) ?? "";
    victim.cookies.set(interactionCookie(rules, planted), value);
    return finish(gate, victim, planted);
  },
});
