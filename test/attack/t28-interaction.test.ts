import { detailLines } from "../../src/app/(interaction)/consent/[handle]/detail-lines.ts";
import type { AuthorizationDetails } from "../../src/server/authlete/members.ts";
import { describeDetails } from "../../src/server/flow/authorization/describe-request.ts";
import { openAuthorizationGate } from "../support/authorization-gate.ts";
import { createNaiveClaimsReader } from "../support/naive/claims-reader.ts";
import { naiveDetailText } from "../support/naive/consent-words.ts";
import { attack } from "./attack.ts";
import { agrees, requests } from "./requests.ts";

type Detail = NonNullable<AuthorizationDetails["elements"]>[number];

const targets = {
  naive: () => naiveDetailText,
  ours: () => (detail: Detail) =>
    describeDetails({ elements: [detail] })
      .flatMap((described) => detailLines(described, "en"))
      .map(({ label, value }) => `${label}: ${value}`)
      .join("\n"),
};

/** Values that a browser shows in another way than a resource server reads them. */
const values = [
  "\u202e00.1\u202c EUR",
  "1.00\u2066\u2069\u200b EUR",
  "1.00 EUR\u0008\u0008",
  "1.00\u200f EUR",
];

for (const value of values) {
  attack(`have a person agree to ${JSON.stringify(value)}, which reads as another amount`, {
    surface: "interaction",
    ...targets,
    async run(show) {
      const gained = show({ type: "payment", otherFields: JSON.stringify({ amount: value }) });
      return { succeeded: gained.includes(value), gained };
    },
    honest: async (show) =>
      show({ type: "payment", otherFields: '{"amount":"1.00 €","to":"名前"}' }).endsWith(
        "amount: 1.00 €\nto: 名前",
      ),
  });
}

attack("have a person agree to a member of details that the page leaves out", {
  surface: "interaction",
  ...targets,
  async run(show) {
    const otherFields = '{"amount":"1.00","limits":{"day":"1000000.00"},"__proto__":{"to":"mallory"}}';
    const gained = show({ type: "payment", otherFields });
    return { succeeded: !gained.includes("1000000.00") || !gained.includes("mallory"), gained };
  },
  honest: async (show) => show({ type: "payment", otherFields: '{"amount":"1.00"}' }).includes("1.00"),
});

/** JSON in a request that is too deep to be meant well, or that gives all objects members. */
const bombs: [title: string, claims: string][] = [
  ["nested 10,000 deep", `{"id_token":${'{"a":'.repeat(10_000)}1${"}".repeat(10_000)}}`],
  ["with __proto__", '{"id_token":{"__proto__":{"polluted":true}}}'],
  ["with a constructor", '{"userinfo":{"constructor":{"prototype":{"polluted":true}}}}'],
];

for (const [title, claims] of bombs) {
  attack(`end or change the server with claims ${title}`, {
    surface: "interaction",
    naive: () => openAuthorizationGate({ replaced: createNaiveClaimsReader }),
    ours: requests.ours,
    honest: agrees,
    async run(gate) {
      const asked = gate.visitor().ask("/oauth/authorize", { form: gate.request({ claims }) });
      const fault = await asked.then(({ status }) => (status >= 500 ? status : undefined), String);
      const { polluted } = {} as { polluted?: unknown };
      Reflect.deleteProperty(Object.prototype, "polluted");
      return { succeeded: fault !== undefined || polluted !== undefined, gained: { fault, polluted } };
    },
  });
}
