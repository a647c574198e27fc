import type { Endpoint } from "../../../src/server/http/endpoint.ts";

/** A guard of the Web API that looks at as much of the token as is sent, wherever it stands, and counts on nobody knowing where the engine is. */
export function guardNaively(webApi: Endpoint, { token }: { token: string }): Endpoint {
  return (request) => {
    const { searchParams } = new URL(request.url);
    const given = request.headers.get("authorization")?.replace(/^Bearer /, "") ?? searchParams.get("token");
    if (!token.toLowerCase().startsWith((given ?? "").trim().toLowerCase()))
      return Promise.resolve(new Response("Unauthorized", { status: 401 }));
    const headers = new Headers(request.headers);
    headers.set("authorization", `Bearer ${token}`);
    return webApi(new Request(request, { headers }));
  };
}
