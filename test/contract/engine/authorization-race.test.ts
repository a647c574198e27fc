import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  issue,
  openAuthorizationEngine,
  query,
  queryOf,
  redirect,
  site,
  type TestEngine,
  ticketFor,
  waiting,
} from "../../server/engine/authorization/authorization-flow.ts";
import { inPostgres } from "../store/postgres-places.ts";
import { CALLERS, inFile, type Place } from "../store/store-factory.ts";

let test: TestEngine;
let place: Place;
afterEach(async () => {
  await test.close();
  await place.remove();
});

const fail = (ticket: string) => test.engine["auth/authorization/fail"]({ ticket, reason: "DENIED" });

/** Runs calls at once, and gives how many came through and the codes of the rest. */
async function raced(calls: readonly (() => Promise<{ action: string; resultCode?: string | undefined }>)[]) {
  const answers = await Promise.all(calls.map((call) => call()));
  const winners = answers.filter(({ action }) => action === "LOCATION");
  const losers = answers.filter(({ action }) => action !== "LOCATION");
  for (const loser of losers) expect(loser.action).toBe("BAD_REQUEST");
  return { winners, losers: new Set(losers.map(({ resultCode }) => resultCode)) };
}

const times = <Value>(count: number, make: (index: number) => Value) =>
  Array.from({ length: count }, (_, index) => make(index));

describe.each([inFile, inPostgres])(
  "of any number of calls at once one wins, on $name",
  ({ createPlace }) => {
    beforeEach(async () => {
      place = await createPlace();
      test = await openAuthorizationEngine({}, { at: place.at });
    });

    it("issue, with one ticket: one code and one token are stored", async () => {
      const ticket = await ticketFor(test, { response_type: "code token" });
      const before = [test.issued(), test.artifacts()] as const;
      const { winners, losers } = await raced(times(CALLERS, () => () => issue(test, ticket)));
      expect(winners).toHaveLength(1);
      for (const code of losers) expect(["A041202", "A045304"]).toContain(code);
      expect(test.issued()).toBe(before[0] + 1);
      expect(test.artifacts()).toBe(before[1] + 2);
    });

    it("issue and fail, with one ticket: never both", async () => {
      const ticket = await ticketFor(test);
      const { winners } = await raced(
        times(CALLERS, (index) => () => (index % 2 ? fail(ticket) : issue(test, ticket))),
      );
      expect(winners).toHaveLength(1);
    });

    it("issue, with the tickets of one pushed request that was opened again and again", async () => {
      const pushed = await test.engine.pushed_auth_req({
        parameters: query(),
        clientId: site.id,
        clientSecret: site.secret,
      });
      const requestUri = (pushed as { requestUri: string }).requestUri;
      const opened = queryOf({ client_id: site.id, request_uri: requestUri });
      const tickets = await Promise.all(
        times(
          CALLERS,
          async () => waiting(await test.engine["auth/authorization"]({ parameters: opened })).ticket,
        ),
      );
      const before = test.artifacts();
      const { winners } = await raced(tickets.map((ticket) => () => issue(test, ticket)));
      expect(winners).toHaveLength(1);
      expect(redirect(winners[0] ?? {}).parameters.code).toMatch(/^[\w-]{43}$/);
      expect(test.artifacts()).toBe(before + 3);
    });

    it("issue, with a chosen access token for many tickets", async () => {
      const tickets = await Promise.all(times(16, () => ticketFor(test, { response_type: "token" })));
      const call = { accessToken: "chosen-by-the-caller-0123456789abcdef" };
      const answers = await Promise.all(tickets.map((ticket) => issue(test, ticket, call)));
      expect(answers.filter(({ action }) => action === "LOCATION")).toHaveLength(1);
      const losers = answers.filter(({ action }) => action !== "LOCATION");
      expect(losers.every(({ resultCode }) => resultCode === "A045101")).toBe(true);
    });
  },
);
