import { backend } from "../support/gate.ts";
import type { AttackedGate } from "../support/naive/gate.ts";
import { attack, type Outcome } from "./attack.ts";
import { setService } from "./engine-settings.ts";
import { gates, issues } from "./gates.ts";
import { begin, signedInAs, victimOf } from "./people.ts";

type Durations = { accessTokenDuration?: number; refreshTokenDuration?: number };
type Name = keyof Durations;
type Issued = { accessToken: string; refreshToken: string };

/** What the embedded service grants, in seconds. */
const granted = { accessTokenDuration: 3_600, refreshTokenDuration: 2_592_000 } as const;
const names = Object.keys(granted) as Name[];

/** Has the back end ask for tokens that live as long as it says. */
async function issueFor(gate: AttackedGate, durations: Durations) {
  const caller = await gate.backend();
  const input = { ticket: await caller.ticket(), subject: await gate.subject(), ...durations };
  const { data, error } = await caller.call<Issued>("token.issue", input);
  return { data, refusal: { code: error?.code, fields: error?.fields, issues: issues(gate) } };
}

/** Whether a token is good now: an access token at the resource server, a refresh token for another access token. */
async function isGood({ services }: AttackedGate, name: Name, tokens: Issued): Promise<boolean> {
  if (name === "accessTokenDuration")
    return (await services.authlete["auth/introspection"]({ token: tokens.accessToken })).action === "OK";
  const form = { grant_type: "refresh_token", refresh_token: tokens.refreshToken };
  const parameters = new URLSearchParams(form).toString();
  const { id: clientId, secret: clientSecret } = backend;
  return (await services.authlete["auth/token"]({ parameters, clientId, clientSecret })).action === "OK";
}

type Wish = { name: Name; asked: number; limit: number };

/** Asks for `asked` seconds, and looks whether there is something good to use after `limit` of them. */
async function stretch(gate: AttackedGate, { name, asked, limit }: Wish): Promise<Outcome> {
  const { data, refusal } = await issueFor(gate, { [name]: asked });
  gate.clock.advance(limit * 1_000);
  return { succeeded: data !== undefined && (await isGood(gate, name, data)), gained: data, refusal };
}

/** As long as the service grants, or shorter: then it is over. */
async function honest(gate: AttackedGate): Promise<boolean> {
  const { data: longest } = await issueFor(gate, granted);
  const { data: short } = await issueFor(gate, { accessTokenDuration: 60, refreshTokenDuration: 120 });
  if (!longest || !short) return false;
  const good = async (name: Name, tokens: Issued) => isGood(gate, name, tokens);
  gate.clock.advance(59_000);
  const before = await good("accessTokenDuration", short);
  gate.clock.advance(61_000);
  const after = [await good("accessTokenDuration", short), await good("refreshTokenDuration", short)];
  return before && !after.includes(true) && (await good("accessTokenDuration", longest));
}

const longer: [title: string, factor: number][] = [
  ["a second longer than the service grants", 0],
  ["a hundred years", 3_153_600_000],
  ["the largest number of seconds there is", Number.MAX_SAFE_INTEGER],
];

for (const name of names) {
  for (const [title, seconds] of longer) {
    attack(`ask for ${title}: ${name}`, {
      surface: "trpc",
      ...gates,
      refusal: {
        code: "BAD_REQUEST",
        fields: { [name]: [`may be at most ${granted[name]} seconds`] },
        issues: 0,
      },
      honest,
      run: (gate) => stretch(gate, { name, asked: seconds || granted[name] + 1, limit: granted[name] }),
    });
  }
}

/** Limits that are narrower than the service's own. */
const narrower: [title: string, narrow: (gate: AttackedGate, name: Name) => Promise<void>][] = [
  ["its client", narrowClient],
  ["a scope of the ticket", narrowScope],
];

for (const name of names) {
  for (const [title, narrow] of narrower) {
    attack(`ask for what the service grants, but not ${title}: ${name}`, {
      surface: "trpc",
      ...gates,
      refusal: { code: "BAD_REQUEST", fields: { [name]: ["may be at most 300 seconds"] }, issues: 0 },
      honest,
      async run(gate) {
        await narrow(gate, name);
        return stretch(gate, { name, asked: granted[name], limit: 300 });
      },
    });
  }
}

/** The engine takes these for "nothing said": who wanted a token that is over at once gets one for an hour. */
const nothing: [asked: number, text: string][] = [
  [0, "is not positive"],
  [-1, "is not positive"],
  [0.5, "is not a whole number"],
];

for (const name of names) {
  for (const [asked, text] of nothing) {
    attack(`have a duration of ${asked} taken for none: ${name}`, {
      surface: "trpc",
      ...gates,
      refusal: { code: "BAD_REQUEST", fields: { [name]: [text] }, issues: 0 },
      honest,
      run: (gate) => stretch(gate, { name, asked, limit: 2 }),
    });
  }
}

for (const name of names) {
  attack(`say in a browser how long the token lives: ${name}`, {
    surface: "trpc",
    ...gates,
    refusal: { code: "FORBIDDEN", fields: { [name]: ["may not be set from a browser"] }, issues: 0 },
    async run(gate) {
      const browser = gate.browser();
      const { handle, subject } = await begin(browser, await victimOf(gate));
      const input = { ticket: handle, subject, [name]: 3_153_600_000 };
      const { data, error } = await browser.call("token.issue", input);
      const refusal = { code: error?.code, fields: error?.fields, issues: issues(gate) };
      return { succeeded: data !== undefined, gained: data, refusal };
    },
    async honest(gate) {
      const browser = gate.browser();
      await browser.signIn();
      return (await signedInAs(browser)) === (await gate.subject());
    },
  });
}

const SERVICE_ID = "1";

async function narrowClient({ services: { store } }: AttackedGate, name: Name): Promise<void> {
  const client = await store.findClient(SERVICE_ID, backend.id);
  await store.upsertClient(SERVICE_ID, { ...client, extension: { ...client?.extension, [name]: 300 } });
}

async function narrowScope(gate: AttackedGate, name: Name): Promise<void> {
  const key = {
    accessTokenDuration: "access_token.duration",
    refreshTokenDuration: "refresh_token.duration",
  };
  const service = await gate.services.store.findService(SERVICE_ID);
  const supportedScopes = service?.supportedScopes?.map((scope) =>
    scope.name === "profile" ? { ...scope, attributes: [{ key: key[name], value: "300" }] } : scope,
  );
  await setService(gate, { supportedScopes });
}
