/** An HTTP endpoint without a framework: what the front door and Next's route files both call. */
export type Endpoint = (request: Request) => Promise<Response>;

/**
 * A row of the endpoint table (`table.ts`). `path` may contain one segment in braces (`/api/{serviceId}/...`), and end
 * with `*`: everything below it.
 */
export type EndpointRow = {
  path: string;
  methods: readonly string[];
  endpoint: Endpoint;
  specification: string;
};
