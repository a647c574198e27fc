import type { Instrumentation } from "next";
import type { Services } from "./server/services.ts";

/**
 * Writes a failure of a page to the log, with the digest that the error page shows. The address is kept without its query, which
 * may carry anything.
 *
 * Next also builds this file for a runtime that has no Node modules, so the services are taken from their slot and not imported.
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
