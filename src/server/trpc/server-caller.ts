import { serverContext } from "./context.ts";
import { createCaller } from "./router.ts";

type Caller = ReturnType<typeof createCaller>;
type Issue = Caller["token"]["issue"];

/** What `token.issue` answers to code of this process: all of it, and not the little that a browser learns. */
export type ServerGrant = Extract<Awaited<ReturnType<Issue>>, { accessToken: string }>;

/** The procedures, as code of this process calls them. */
export type ServerCaller = Omit<Caller, "token"> & {
  token: Omit<Caller["token"], "issue"> & { issue(input: Parameters<Issue>[0]): Promise<ServerGrant> };
};

/**
 * Makes the caller for code of this process that acts for itself, not for a browser: the actor `server`, who may do everything. Whoever
 * can make it vouches for the subjects it names, so never pass on to it what a request says unchecked.
 *
 * @example const { accessToken } = await createServerCaller(await getServices()).token.issue({ ticket, subject });
 * @throws (each call) TRPCError whose `cause` is the TicketgateError of the catalogue.
 */
export function createServerCaller(services: Parameters<typeof serverContext>[0]): ServerCaller {
  return createCaller(serverContext(services)) as ServerCaller;
}
