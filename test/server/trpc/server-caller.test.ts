import { afterAll, beforeAll, expect, expectTypeOf, it } from "vitest";
import { TicketgateError } from "../../../src/server/flow/error.ts";
import { createServerCaller } from "../../../src/server/trpc/server-caller.ts";
import { backend, type Gate, openGate } from "../../support/gate.ts";

let gate: Gate;
beforeAll(async () => {
  gate = await openGate();
});
afterAll(() => gate.close());

const parameters = "grant_type=password&username=u&password=p&scope=profile";
const credentials = { clientId: backend.id, clientSecret: backend.secret };

it("issues with the full answer, typed", async () => {
  const caller = createServerCaller(gate.services);
  const asked = await caller.token.request({ parameters, ...credentials });
  if (asked.action !== "PASSWORD") throw new Error(asked.action);
  const issued = await caller.token.issue({ ticket: asked.ticket, subject: "usr_1" });
  expectTypeOf(issued.accessToken).toEqualTypeOf<string>();
  expect(await caller.token.introspect({ token: issued.accessToken })).toMatchObject({
    action: "OK",
    subject: "usr_1",
  });
});

it("throws errors of the catalogue", async () => {
  const failure = await createServerCaller(gate.services)
    .token.issue({ ticket: "no such ticket", subject: "usr_1" })
    .catch((error: unknown) => error);
  expect(failure).toMatchObject({ cause: expect.any(TicketgateError) });
  expect(failure).toMatchObject({ cause: { code: "TICKET_INVALID" } });
});

it("is no browser", async () => {
  const caller = createServerCaller(gate.services);
  await expect(caller.session.current()).rejects.toMatchObject({ cause: { code: "FORBIDDEN" } });
});
