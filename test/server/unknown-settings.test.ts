import { describe, expect, it } from "vitest";
import { environmentSchema } from "../../src/server/environment.ts";
import { nearestName } from "../../src/server/nearest-name.ts";
import { unknownSettings } from "../../src/server/unknown-settings.ts";

describe("settings that there are none of", () => {
  it.each([
    ["TICKETGATE_SECOND_FACTR", "TICKETGATE_SECOND_FACTOR"],
    ["TICKETGATE_SEALING_KEY", "TICKETGATE_SEALING_KEYS"],
    ["TICKETGATE_ORIGN", "TICKETGATE_ORIGIN"],
    ["TICKETGATE_PORT", "PORT"],
    ["TICKETGATE_DATABASE_URL", "DATABASE_URL"],
  ])("are named, each with the nearest that there is: %s", (name, nearest) => {
    expect(unknownSettings({ [name]: "required" })).toEqual([
      { name, problem: `${name}: there is no such setting; the nearest is ${nearest}` },
    ]);
  });

  it("are none of those that there are, of other programs, or empty", () => {
    const known = Object.fromEntries(Object.keys(environmentSchema.shape).map((name) => [name, "x"]));
    expect(unknownSettings({ ...known, MY_TICKETGATE_ORIGN: "x", TICKETGATE_ORIGN: "" })).toEqual([]);
  });

  it("are not what Kubernetes and Docker set beside a service of that name", () => {
    const injected = {
      TICKETGATE_SERVICE_HOST: "10.0.0.1",
      TICKETGATE_SERVICE_PORT: "3000",
      TICKETGATE_SERVICE_PORT_HTTP: "3000",
      TICKETGATE_PORT: "tcp://10.0.0.1:3000",
      TICKETGATE_PORT_3000_TCP: "tcp://10.0.0.1:3000",
      TICKETGATE_PORT_3000_TCP_PROTO: "tcp",
      TICKETGATE_PORT_3000_TCP_PORT: "3000",
      TICKETGATE_PORT_3000_TCP_ADDR: "10.0.0.1",
      TICKETGATE_DB_PORT: "tcp://10.0.0.2:5432",
      TICKETGATE_DB_SERVICE_HOST: "10.0.0.2",
    };
    expect(unknownSettings(injected)).toEqual([]);
    expect(unknownSettings({ TICKETGATE_PORT: "3000" })).toHaveLength(1);
  });
});

it("the nearest name takes the fewest changes, and of several it is the first", () => {
  expect(nearestName("kitten", ["mitten", "sitting"])).toBe("mitten");
  expect(nearestName("cat", ["bat", "rat"])).toBe("bat");
  expect(nearestName("", ["long name", "x"])).toBe("x");
});
