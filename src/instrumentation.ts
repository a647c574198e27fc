import type { Instrumentation } from "next";

/**
 * Writes a failure of a page to the log, with the digest that the error page shows. The address is kept without its query, which
 * may carry anything.
 */
export const onRequestError: Instrumentation.onRequestError = async (error, request, context) => {
  const { getServices } = await import("./server/services.ts");
  const { log } = await getServices();
  const digest = error instanceof Error && "digest" in error ? error.digest : undefined;
  log.error("page.failed", {
    correlationId: digest,
    path: request.path.split("?")[0],
    route: context.routePath,
    error,
  });
};
