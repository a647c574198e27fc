import type { AuthorizationGate } from "../support/authorization-gate.ts";
import { attack } from "./attack.ts";
import { agrees, codeIn, grants, requests } from "./requests.ts";

attack("have somebody else's account agree to what the victim was shown", {
  surface: "interaction",
  ...requests,
  refusal: { status: 303, path: "/oauth/interaction", grants: 0 },
  honest: agrees,
  async run(gate: AuthorizationGate) {
    const browser = await gate.person();
    gate.clock.advance(1_000);
    const handle = await browser.begin(gate.request());
    const shown = browser.formToken(handle, "allow", await gate.subject());
    await gate.addPerson("bob");
    await browser.signIn("bob");
    const answer = await browser.send(handle, { decision: "allow", form_token: shown });
    const path = answer.target?.pathname.replace(`/${handle}`, "");
    const refusal = { status: answer.status, path, grants: grants(gate) };
    return { succeeded: codeIn(answer) !== undefined, gained: codeIn(answer), refusal };
  },
});

attack("mix two tabs up: the button in one for the account that signed in through the other", {
  surface: "interaction",
  ...requests,
  refusal: { status: 303, grants: 1 },
  honest: agrees,
  async run(gate) {
    const browser = await gate.person();
    gate.clock.advance(1_000);
    const first = await browser.begin(gate.request({ state: "first tab" }));
    const shown = browser.formToken(first, "allow", await gate.subject());
    const bob = await gate.addPerson("bob");
    await browser.signIn("bob");
    const second = await browser.begin(gate.request({ state: "second tab" }));
    await browser.decide(second, "allow", bob);
    const answer = await browser.send(first, { decision: "allow", form_token: shown });
    const refusal = { status: answer.status, grants: grants(gate) };
    return { succeeded: codeIn(answer) !== undefined, gained: codeIn(answer), refusal };
  },
});
