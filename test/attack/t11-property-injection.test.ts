import type { AttackedGate } from "../support/naive/gate.ts";
import { attack } from "./attack.ts";
import { setPolicy } from "./engine-settings.ts";
import { gates, issues } from "./gates.ts";
import { begin, victimOf } from "./people.ts";

type Property = { key: string; value?: string; hidden?: boolean };
type Issued = { responseContent: string };

/** Asks for tokens as the back end, with properties. */
async function issueWith(gate: AttackedGate, properties: Property[]) {
  const backend = await gate.backend();
  const ticket = await backend.ticket();
  const { data, error } = await backend.call<Issued>("token.issue", { ticket, subject: "usr_1", properties });
  const response = JSON.parse(data?.responseContent ?? "{}") as Record<string, unknown>;
  const refusal = { code: error?.code, properties: error?.fields?.properties, issues: issues(gate) };
  return { ticket, issued: data !== undefined, response, refusal };
}

/** A property that is allowed, and to be seen, is a member of the token response. */
async function honest(gate: AttackedGate): Promise<boolean> {
  await setPolicy(gate, [{ key: "token_issue.properties", value: "plan" }]);
  const { response } = await issueWith(gate, [{ key: "plan", value: "pro", hidden: false }]);
  return response.plan === "pro" && typeof response.access_token === "string";
}

const EVIL = "https://evil.example/token";

attack("set a property from a browser: where the client is to refresh its token", {
  surface: "trpc",
  ...gates,
  refusal: { code: "FORBIDDEN", fields: { properties: ["may not be set from a browser"] }, issues: 0 },
  honest,
  async run(gate) {
    const browser = gate.browser();
    const { handle, subject } = await begin(browser, await victimOf(gate));
    const properties = [{ key: "token_endpoint", value: EVIL, hidden: false }];
    const input = { ticket: handle, subject, properties };
    const { data, error } = await browser.call<Issued>("token.issue", input);
    return {
      succeeded: data?.responseContent.includes(EVIL) ?? false,
      refusal: { code: error?.code, fields: error?.fields, issues: issues(gate) },
    };
  },
});

attack("set a property that the policy of the client does not have", {
  surface: "trpc",
  ...gates,
  refusal: {
    code: "FORBIDDEN",
    properties: ["the key token_endpoint is not in the policy of this client"],
    issues: 0,
  },
  honest,
  async run(gate) {
    await setPolicy(gate, [{ key: "token_issue.properties", value: "plan" }]);
    const property = { key: "token_endpoint", value: EVIL, hidden: false };
    const { response, refusal } = await issueWith(gate, [property]);
    return { succeeded: response.token_endpoint === EVIL, gained: response, refusal };
  },
});

const reserved = [
  "access_token",
  "token_type",
  "expires_in",
  "refresh_token",
  "scope",
  "error",
  "error_description",
  "error_uri",
  "id_token",
];

for (const key of reserved) {
  attack(`choose the member ${key} of the token response`, {
    surface: "trpc",
    ...gates,
    refusal: {
      code: "BAD_REQUEST",
      properties: [`the key ${key} is reserved for the token response`],
      issues: 0,
    },
    honest,
    async run(gate) {
      const { response, refusal } = await issueWith(gate, [{ key, value: "chosen", hidden: false }]);
      return { succeeded: response[key] === "chosen", gained: response, refusal };
    },
  });
}

for (const key of ["__proto__", "constructor"]) {
  attack(`have the client application take ${key} from the token response`, {
    surface: "trpc",
    ...gates,
    refusal: { code: "BAD_REQUEST", properties: [`the key ${key} is not allowed`], issues: 0 },
    honest,
    async run(gate) {
      const { response, refusal } = await issueWith(gate, [{ key, value: "chosen", hidden: false }]);
      return { succeeded: Object.hasOwn(response, key), gained: response, refusal };
    },
  });
}

attack("show the client application what nobody said that it may see", {
  surface: "trpc",
  ...gates,
  refusal: { code: undefined, properties: undefined, issues: 1 },
  honest,
  async run(gate) {
    const { response, refusal } = await issueWith(gate, [{ key: "risk", value: "high" }]);
    return { succeeded: response.risk === "high", gained: response, refusal };
  },
});

attack("give a key twice, so that who checks it and who uses it see different values", {
  surface: "trpc",
  ...gates,
  refusal: { code: "BAD_REQUEST", properties: ["the key plan is given more than once"], issues: 0 },
  honest,
  async run(gate) {
    const values = ["free", "pro"].map((value) => ({ key: "plan", value, hidden: false }));
    const { response, refusal } = await issueWith(gate, values);
    return { succeeded: response.plan === "pro", gained: response, refusal };
  },
});

attack("send more than 65,535 bytes of properties, to have the engine work on them", {
  surface: "trpc",
  ...gates,
  refusal: {
    code: "BAD_REQUEST",
    properties: ["take 65558 bytes as the engine stores them; at most 65535 are possible"],
    issues: 0,
  },
  honest: async (gate) =>
    (await issueWith(gate, [{ key: "plan", value: "x".repeat(49_115) }])).issued && honest(gate),
  async run(gate) {
    const { refusal } = await issueWith(gate, [{ key: "plan", value: "x".repeat(49_151) }]);
    return { succeeded: refusal.issues > 0, refusal };
  },
});
