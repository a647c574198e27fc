import { changePassword } from "../../src/server/flow/account/password-change.ts";
import { demo } from "../support/gate.ts";
import { attack } from "./attack.ts";
import { agrees, codeIn, grants, requests } from "./requests.ts";

attack("agree in the victim's name, in a session that the victim has ended by a new password", {
  surface: "interaction",
  ...requests,
  honest: agrees,
  refusal: { path: "/login", grants: 0 },
  async run(gate) {
    const thief = await gate.person();
    gate.clock.advance(1_000);
    const handle = await thief.begin(gate.request());
    await thief.resume(handle);
    const subject = await gate.subject();
    const form = { current: demo.password, password: "plum tractor sings", language: "en" as const };
    await changePassword(gate.services, { subject, ...form, endsApplications: false });
    const answer = await thief.decide(handle, "allow", subject);
    const path = (await thief.resume(handle)).target?.pathname;
    const refusal = { path, grants: grants(gate) };
    return { succeeded: codeIn(answer) !== undefined, gained: codeIn(answer), refusal };
  },
});
