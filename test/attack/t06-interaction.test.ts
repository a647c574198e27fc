import type { Decision } from "../../src/server/flow/authorization/decide-request.ts";
import { attack } from "./attack.ts";
import { agrees, codeIn, grants, requests } from "./requests.ts";

attack("get 64 codes out of one consent that is sent 64 times at once", {
  surface: "interaction",
  ...requests,
  refusal: { codes: 1, grants: 1 },
  honest: agrees,
  async run(gate) {
    const browser = await gate.person();
    gate.clock.advance(1_000);
    const handle = await browser.begin(gate.request());
    const answers = await Promise.all(Array.from({ length: 64 }, () => browser.decide(handle, "allow")));
    const codes = answers.flatMap((answer) => codeIn(answer) ?? []).length;
    return { succeeded: codes > 1, gained: codes, refusal: { codes, grants: grants(gate) } };
  },
});

for (const first of ["allow", "deny"] satisfies Decision[]) {
  attack(`get a code with the back button, after the person said: ${first}`, {
    surface: "interaction",
    ...requests,
    refusal: { status: 410, grants: first === "allow" ? 1 : 0 },
    honest: agrees,
    async run(gate) {
      const browser = await gate.person();
      gate.clock.advance(1_000);
      const handle = await browser.begin(gate.request());
      const form = {
        decision: "allow",
        form_token: browser.formToken(handle, "allow", await gate.subject()),
      };
      await browser.decide(handle, first);
      const answer = await browser.send(handle, form);
      const refusal = { status: answer.status, grants: grants(gate) };
      return { succeeded: codeIn(answer) !== undefined, gained: codeIn(answer), refusal };
    },
  });
}
