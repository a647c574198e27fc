import { getServices, type Services } from "../services.ts";
import type { EndpointRow } from "./endpoint.ts";
import { noEndpoint } from "./reply.ts";
import { createRouter } from "./router.ts";
import { endpointTable } from "./table.ts";
import { transportSecurity } from "./transport-security.ts";

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
  const response = row ? await row.endpoint(request) : noEndpoint();
  for (const [name, value] of Object.entries(transportSecurity(services.config.origin)))
    response.headers.set(name, value);
  return response;
}
