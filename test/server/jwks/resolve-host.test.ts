import { expect, it } from "vitest";
import { resolveHost } from "../../../src/server/jwks/resolve-host.ts";

it.each([
  ["192.0.2.1", ["192.0.2.1"]],
  ["2001:db8::1", ["2001:db8::1"]],
  ["localhost", ["127.0.0.1"]],
  ["keys.localhost", ["127.0.0.1"]],
])("%s needs no name server", async (host, addresses) => {
  expect(await resolveHost(host)).toEqual(addresses);
});
