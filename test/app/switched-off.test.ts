import { expect, test } from "vitest";
import { isSwitchedOff, type SwitchedServices } from "../../src/app/_guard/switched-off.ts";

const selfService = (on: { outbox: boolean; registration: boolean }) =>
  ({ outbox: on.outbox ? {} : undefined, registration: on.registration }) as SwitchedServices["selfService"];

const secondFactors = {} as SwitchedServices["secondFactors"];

const configurations = {
  everything: { secondFactors, selfService: selfService({ outbox: true, registration: true }), mailbox: {} },
  "no registration": {
    secondFactors,
    selfService: selfService({ outbox: true, registration: false }),
    mailbox: {},
  },
  "no mail": {
    secondFactors,
    selfService: selfService({ outbox: false, registration: true }),
    mailbox: undefined,
  },
  "no accounts of ours": { secondFactors, selfService: undefined, mailbox: undefined },
  "second steps of its own": { selfService: undefined, mailbox: undefined },
} satisfies Record<string, SwitchedServices>;

const registration = ["/register", "/register/sent", "/register/abc", "/register?next=/"];
const mail = ["/reset", "/reset/sent", "/reset/abc", "/verify/abc", "/verify/done"];
const secondStep = ["/second-factor/abc", "/account/second-factor"];
const others = [
  "/",
  "/login",
  "/registered",
  "/resets",
  "/account",
  "/account/second-factors",
  "/second-factors",
  "/development",
  `/register?next=/oauth/interaction/${"a".repeat(43)}`,
];

test.each<[keyof typeof configurations, string[]]>([
  ["everything", []],
  ["no registration", registration],
  ["no mail", [...registration, ...mail, "/development/mail"]],
  ["no accounts of ours", [...registration, ...mail, "/development/mail"]],
  ["second steps of its own", [...registration, ...mail, ...secondStep, "/development/mail"]],
])("with %s these pages are not there: %j", (name, off) => {
  const paths = [...registration, ...mail, ...secondStep, ...others, "/development/mail"];

  const found = paths.filter((path) =>
    isSwitchedOff(configurations[name], new URL(path, "https://gate.example")),
  );

  expect(found).toEqual(paths.filter((path) => off.includes(path)));
});
