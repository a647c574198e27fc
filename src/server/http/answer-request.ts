import { getServices, type Services } from "../services.ts";
import type { EndpointRow } from "./endpoint.ts";
import { createRouter } from "./router.ts";
import { endpointTable } from "./table.ts";

const routers = new WeakMap<Services, (path: string) => EndpointRow | undefined>();

/**
 * Answers a request from the endpoint table: the body of every route file under `src/app` that is not a page.
 *
 * @returns what the endpoint answers; 404 when no row has the path.
 */
export async function answerRequest(request: Request): Promise<Response> {
  const services = await getServices();
  let router = routers.get(services);
  if (!router) {
    router = createRouter(endpointTable(services));
    routers.set(services, router);
  }
  const row = router(new URL(request.url).pathname);
  return row
    ? row.endpoint(request)
    : new Response(null, { status: 404, headers: { "cache-control": "no-store" } });
}
