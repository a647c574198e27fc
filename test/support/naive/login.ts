import { initTRPC, TRPCError } from "@trpc/server";
import superjson from "superjson";
import { z } from "zod";
import { type AttemptLimit, createAttemptLimit } from "../../../src/server/account/attempt-limit.ts";
import { createPasswords } from "../../../src/server/account/password.ts";
import type { FlowPorts } from "../../../src/server/flow/ports.ts";
import type { Endpoint } from "../../../src/server/http/endpoint.ts";
import { createTokenEndpoint } from "../../../src/server/http/token.ts";
import type { Services } from "../../../src/server/services.ts";
import { createBrowser, openGate } from "../gate.ts";
import type { AttackedGate } from "./gate.ts";
import type { NaiveContext } from "./router.ts";
import { serveNaively } from "./serve.ts";
import { passwordTicket } from "./ticket.ts";

const TRIES = { perUsername: 3, perAddress: 1_000 };

/** A gate whose sign-in helps people: it says what was wrong, locks accounts, remembers who they are, and does no work for nothing. */
export async function openHelpfulGate(): Promise<AttackedGate> {
  const gate = await openGate();
  const trpc = serveNaively(createHelpfulLogin(gate.services, createAttemptLimit(TRIES)), {});
  return { ...gate, trpc, browser: () => createBrowser(gate.services, trpc) };
}

function createHelpfulLogin(services: Services, attempts: AttemptLimit) {
  const t = initTRPC.context<NaiveContext>().create({ transformer: superjson });
  const input = z.object({ username: z.string(), password: z.string() });
  const password = t.procedure.input(input).mutation(async ({ ctx, input: { username, password } }) => {
    const account = await services.store.accounts.findByUsername(username);
    if (!account) throw new TRPCError({ code: "NOT_FOUND", message: "There is no such user" });
    if ((await attempts.consume({ username })) > 0) throw new TRPCError({ code: "TOO_MANY_REQUESTS" });
    ctx.setCookie("last_user", encodeURIComponent(account.name));
    const handle = await passwordTicket(services);
    if (await createPasswords().verify(account.passwordHash, password))
      return { handle, subject: account.subject, next: "issue" };
    await services.authlete["auth/token/fail"]({ ticket: handle, reason: "UNKNOWN" });
    throw new TRPCError({ code: "UNAUTHORIZED", message: "Wrong password" });
  });
  return t.router({ login: t.router({ password }) });
}

/** A token endpoint that says which of the two was wrong, and asks the engine for nothing when there is no such user. */
export function createHelpfulTokenEndpoint(services: FlowPorts): Endpoint {
  const { store } = services as Services;
  return async (request) => {
    const form = new URLSearchParams(await request.clone().text());
    const account = await store.accounts.findByUsername(form.get("username") ?? "");
    if (account) return createTokenEndpoint(services)(request);
    return Response.json(
      { error: "invalid_grant", error_description: "There is no such user" },
      { status: 400 },
    );
  };
}
