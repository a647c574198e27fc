import { createAttemptLimit } from "../../../src/server/account/attempt-limit.ts";
import type { Endpoint } from "../../../src/server/http/endpoint.ts";
import { createTokenEndpoint } from "../../../src/server/http/token.ts";
import { createTrpcEndpoint } from "../../../src/server/http/trpc.ts";
import type { Services } from "../../../src/server/services.ts";
import { type Authenticator, enrolled } from "../authenticator.ts";
import { type AuthorizationGate, openAuthorizationGate } from "../authorization-gate.ts";
import { backend, createBrowser, type Gate, openGate } from "../gate.ts";

type SecondFactors = NonNullable<Services["secondFactors"]>;

/** A gate whose person has an authenticator app. */
export type FactorGate = Pick<
  Gate,
  "services" | "clock" | "subject" | "callsOf" | "browser" | "close" | "calls"
> & { app: Authenticator; token: Endpoint };

/** As many tries of codes as ours allows. */
const limits = { perUsername: 10, perAddress: 10, windowSeconds: 900 };

/** Ours. */
export const openFactorGate = () => open((services) => services);

/** The second step is a page and nothing else: what stands behind it does not ask. */
export const openTrustingGate = () => open(({ secondFactors: _, ...services }) => services);

/** Codes are compared, and that they were used is forgotten. */
export const openForgetfulGate = () =>
  open((services) => {
    const factors = (services.secondFactors as SecondFactors).factors;
    const seen = new Set<string>();
    return withFactors(services, {
      factors: {
        ...factors,
        async find(subject) {
          const factor = await factors.find(subject);
          return factor && { ...factor, lastStep: -1 };
        },
        spendStep: async () => true,
        async spendRecoveryCode(code) {
          if (await factors.spendRecoveryCode(code)) seen.add(code.codeHash);
          return seen.has(code.codeHash);
        },
      },
    });
  });

/** People may try as often as they like. */
export const openPatientGate = () =>
  open((services) =>
    withFactors(services, { codeAttempts: { consume: async () => 0, clear: async () => {} } }),
  );

/** The address of the second step is all that it takes: every browser is taken for the one that typed the password. */
export async function openForwardableGate(): Promise<FactorGate> {
  const gate = await openFactorGate();
  const shared = new Map<string, string>();
  return {
    ...gate,
    browser() {
      const browser = gate.browser();
      const call: typeof browser.call = async (...request) => {
        for (const [name, value] of shared) browser.cookies.set(name, value);
        const reply = await browser.call(...request);
        for (const [name, value] of browser.cookies) if (name.includes("-tx-")) shared.set(name, value);
        return reply as never;
      };
      return {
        ...browser,
        call,
        login: (username, password) => call("login.password", credentials(username, password)),
      };
    },
  };
}

/** An authorization server whose person has an authenticator app. */
export type FactorAuthorizationGate = AuthorizationGate & { app: Authenticator };

/** Ours. */
export async function openFactorAuthorizationGate(): Promise<FactorAuthorizationGate> {
  const gate = await openAuthorizationGate();
  return { ...gate, app: await enrolled(gate) };
}

/** The second step is a page and nothing else. */
export async function openTrustingAuthorizationGate(): Promise<FactorAuthorizationGate> {
  const gate = await openFactorAuthorizationGate();
  Object.assign(gate.services, { secondFactors: undefined });
  return gate;
}

async function open(changed: (services: Services) => Services): Promise<FactorGate> {
  const gate = await openGate({ env: { TICKETGATE_PASSWORD_GRANT_CLIENTS: backend.id } });
  const app = await enrolled(gate);
  const limited = withFactors(gate.services, { codeAttempts: createAttemptLimit(limits) });
  const services = changed(limited);
  const trpc = createTrpcEndpoint(services);
  return {
    ...gate,
    services,
    app,
    token: createTokenEndpoint(services),
    browser: () => createBrowser(services, trpc),
  };
}

function withFactors(services: Services, changes: Partial<SecondFactors>): Services {
  return { ...services, secondFactors: { ...(services.secondFactors as SecondFactors), ...changes } };
}

function credentials(username = "", password = "") {
  return { username, password };
}
