import { expect, it } from "vitest";
import { createRouter } from "../../../src/server/http/router.ts";

const row = (path: string) => ({
  path,
  methods: ["GET"],
  endpoint: async () => new Response(path),
  specification: "",
});
const find = createRouter([row("/oauth/token"), row("/api/{serviceId}/*"), row("/api/trpc/*")]);

it.each([
  ["/oauth/token", "/oauth/token"],
  ["/oauth/token/", undefined],
  ["/oauth/tokens", undefined],
  ["/api/trpc/token.issue", "/api/trpc/*"],
  ["/api/1/auth/token", "/api/{serviceId}/*"],
  ["/api/trpc/token/issue", "/api/trpc/*"],
  ["/api/trpc/", undefined],
  ["/api/trpc", undefined],
  ["/api/trpc//token.issue", undefined],
  ["/api/trpc/token.issue/", undefined],
  ["/api/trpc/token\\issue", undefined],
  ["/api/1", undefined],
  ["/api/1/", undefined],
  ["/api//auth/token", undefined],
  ["/api/1//token", undefined],
  ["/api/%zz/auth/token", "/api/{serviceId}/*"],
  ["/x/api/1/auth/token", undefined],
  ["/api/trpcx/y", "/api/{serviceId}/*"],
  ["/login", undefined],
  ["/", undefined],
])("%s is answered by %s", (path, expected) => {
  expect(find(path)?.path).toBe(expected);
});
