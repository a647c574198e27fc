import type { Instrumentation } from "next";
import type { Services } from "./server/services.ts";

/**
 * Runs once, before the first request. In production whatever Next says to the console goes to the log; the front door has done that already,
 * a server of Next alone has not.
 *
 * Next also builds this file for a runtime that has no Node modules. It replaces `NEXT_RUNTIME` by a constant there, and leaves the rest out.
 */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const [{ getServices }, { routeConsole }] = await Promise.all([
    import("./server/services.ts"),
    import("./server/route-console.ts"),
  ]);
  const { config, log } = await getServices();
  if (config.production) routeConsole(console, log);
}

/**
 * Writes a failure of a page to the log, with the digest that the error page shows. The address is kept without its query, which
 * may carry anything. The services are taken from their slot, for the sake of that other runtime.
 */
export const onRequestError: Instrumentation.onRequestError = async (error, request, context) => {
  const services = (globalThis as { [slot: symbol]: Promise<Services> | undefined })[
    Symbol.for("ticketgate.services")
  ];
  const digest = error instanceof Error && "digest" in error ? error.digest : undefined;
  (await services)?.log.error("page.failed", {
    correlationId: digest,
    path: request.path.split("?")[0],
    route: context.routePath,
    error,
  });
};
