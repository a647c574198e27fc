import { randomUUID } from "node:crypto";
import { inspect } from "node:util";
import { initTRPC } from "@trpc/server";
import superjson from "superjson";
import { z } from "zod";
import type { Services } from "../../../src/server/services.ts";
import { issueNaively } from "./issue.ts";

export type NaiveOptions = {
  /** A ticket that does not work is replaced with a fresh one: it may have been too old. */
  freshTicketOnFailure?: boolean;
  /** So many requests are answered. */
  requestsAtMost?: number;
  /** Errors are shown with all that they hold, so that people can report them well. */
  tellsErrors?: boolean;
};

export type NaiveContext = {
  cookies: Map<string, string>;
  setCookie(name: string, value: string): void;
};

type NaiveSession = { subject: string; accessToken?: string | undefined };

/** What the naive gate remembers. */
export type NaiveState = { sessions: Map<string, NaiveSession>; tickets: Map<string, string> };

export const newNaiveState = (): NaiveState => ({ sessions: new Map(), tickets: new Map() });

const issueInput = z.object({
  ticket: z.string(),
  subject: z.string(),
  properties: z
    .array(z.object({ key: z.string(), value: z.string().optional(), hidden: z.boolean().optional() }))
    .optional(),
  jwtAtClaims: z.union([z.string(), z.record(z.string(), z.unknown())]).optional(),
  accessToken: z.string().optional(),
  accessTokenDuration: z.number().optional(),
  refreshTokenDuration: z.number().optional(),
});

export type NaiveIssueInput = z.infer<typeof issueInput>;

const COOKIE = "sid";

/** The procedures of the naive gate. They have the names of ours. */
export function createNaiveRouter(
  services: Services,
  { state, lines, options }: { state: NaiveState; lines: string[]; options: NaiveOptions },
) {
  const t = initTRPC.context<NaiveContext>().create({
    transformer: superjson,
    errorFormatter: ({ shape, error }) =>
      options.tellsErrors ? { ...shape, message: inspect(error, { depth: 9 }) } : shape,
  });
  const procedure = t.procedure.use(async ({ path, getRawInput, next }) => {
    lines.push(`${path} ${JSON.stringify(await getRawInput())}`);
    return next();
  });
  /** Gives a visitor a session, if there is none yet. */
  const sessionIdOf = ({ cookies, setCookie }: NaiveContext): string => {
    const id = cookies.get(COOKIE) ?? randomUUID();
    if (!cookies.has(COOKIE)) setCookie(COOKIE, id);
    return id;
  };
  return t.router({
    login: t.router({
      password: procedure
        .input(z.object({ username: z.string(), password: z.string() }))
        .mutation(async ({ ctx, input }) => {
          sessionIdOf(ctx);
          const subject = await services.accounts.verifyPassword(input.username, input.password);
          if (subject === undefined) throw new Error("Wrong password");
          const handle = await ticketFor(services, input.username);
          state.tickets.set(handle, subject);
          return { handle, subject, next: "issue" };
        }),
    }),
    token: t.router({
      request: procedure
        .input(
          z.object({
            parameters: z.string(),
            clientId: z.string().optional(),
            clientSecret: z.string().optional(),
          }),
        )
        .mutation(({ input }) => services.authlete["auth/token"](input)),
      issue: procedure.input(issueInput).mutation(async ({ ctx, input }) => {
        const freshTicket = options.freshTicketOnFailure ? () => ticketFor(services, "again") : undefined;
        const answer = await issueNaively(services, input, freshTicket);
        state.sessions.set(sessionIdOf(ctx), { subject: input.subject, accessToken: answer.accessToken });
        return answer;
      }),
    }),
    session: t.router({
      current: procedure.query(({ ctx }) => {
        const session = state.sessions.get(sessionIdOf(ctx));
        return session ? { signedIn: true, ...session } : { signedIn: false };
      }),
      signOut: procedure.mutation(({ ctx }) => {
        state.sessions.delete(sessionIdOf(ctx));
        return { signedOut: true };
      }),
    }),
  });
}

async function ticketFor({ authlete, settings }: Services, username: string): Promise<string> {
  const { id: clientId, secret: clientSecret, scopes } = settings.client;
  const scope = scopes.join(" ");
  const parameters = new URLSearchParams({ grant_type: "password", username, password: "-", scope });
  const answer = await authlete["auth/token"]({ parameters: parameters.toString(), clientId, clientSecret });
  if (answer.action !== "PASSWORD") throw new Error(`No ticket: ${JSON.stringify(answer)}`);
  return answer.ticket;
}
