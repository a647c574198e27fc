import { describe } from "vitest";
import { openInProcess, openOverHttp } from "../engine/served-engine.ts";
import { describeAcceptance } from "./acceptance.ts";

describe.each([
  ["in process", openInProcess],
  ["over HTTP", openOverHttp],
])("a service of the embedded engine %s", (_way, open) => {
  describeAcceptance(open);
});
