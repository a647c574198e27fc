import { expect, it } from "vitest";
import { createAddressLimit } from "../../../src/server/account/address-limit.ts";

it("says how many seconds to wait, for each address; those that are not known count together", async () => {
  const limit = createAddressLimit({ perAddress: 2, windowSeconds: 3_600 });
  for (const address of ["203.0.113.7", undefined, "2001:db8:0:1::/64"]) {
    expect([await limit.consume(address), await limit.consume(address)]).toEqual([0, 0]);
    const seconds = await limit.consume(address);
    expect(seconds).toBeGreaterThan(3_500);
    expect(seconds).toBeLessThanOrEqual(3_600);
  }
});
