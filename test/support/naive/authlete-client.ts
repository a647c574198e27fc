import type { AuthleteClientOptions } from "../../../src/server/authlete/http-client.ts";
import { type Authlete, type OperationName, operations } from "../../../src/server/authlete/operations.ts";

/** A client of the engine as `fetch` makes it: it goes where it is sent, and believes what it is told. */
export function createNaiveAuthleteClient(
  options: Pick<AuthleteClientOptions, "baseUrl" | "serviceId" | "token">,
): Authlete {
  const { baseUrl, serviceId, token } = options;
  const send = (name: OperationName) => async (request: Record<string, unknown>) => {
    const { method, path } = operations[name];
    const filled = path.replace(/\{(\w+)\}/g, (_, member: string) => String(request[member]));
    const response = await fetch(`${baseUrl}/api/${serviceId}/${filled}`, {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      ...(method === "POST" ? { body: JSON.stringify(request) } : {}),
    });
    return response.json();
  };
  const names = Object.keys(operations) as OperationName[];
  return Object.fromEntries(names.map((name) => [name, send(name)])) as unknown as Authlete;
}
