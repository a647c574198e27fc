import { handleOf } from "../support/authorization-gate.ts";
import { attack } from "./attack.ts";
import { agrees, requests } from "./requests.ts";

attack("read the engine's ticket in an address, a page, a cookie or the log", {
  surface: "interaction",
  ...requests,
  honest: agrees,
  async run(gate) {
    const tickets: string[] = [];
    gate.intercept(async ({ operation }, send) => {
      const answer = (await send()) as { ticket?: string };
      if (operation === "auth/authorization" && answer.ticket) tickets.push(answer.ticket);
      return answer;
    });
    const browser = await gate.person();
    gate.clock.advance(1_000);
    const begun = await browser.authorize(gate.request());
    const handle = handleOf(begun);
    const answers = [begun, await browser.resume(handle), await browser.decide(handle, "allow")];
    const seen = [
      ...answers.map(({ text, headers }) => text + JSON.stringify([...headers])),
      ...browser.cookies.values(),
      ...gate.lines,
    ].join("\n");
    const gained = tickets.filter((ticket) => seen.includes(ticket));
    return { succeeded: tickets.length === 0 || gained.length > 0, gained };
  },
});
