import { initTRPC } from "@trpc/server";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import superjson from "superjson";
import { z } from "zod";

const t = initTRPC.create({ transformer: superjson });

const router = t.router({
  echo: t.procedure
    .input(z.object({ ticket: z.string(), subject: z.string() }))
    .mutation(({ input }) => input),
});

export function POST(request: Request): Promise<Response> {
  return fetchRequestHandler({ endpoint: "/api/trpc", req: request, router, createContext: () => ({}) });
}
