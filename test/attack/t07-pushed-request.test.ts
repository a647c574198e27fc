import { type AuthorizationGate, openAuthorizationGate } from "../support/authorization-gate.ts";
import { createNaivePushedRequests } from "../support/naive/pushed-requests.ts";
import { attack } from "./attack.ts";
import { grants } from "./requests.ts";

const targets = {
  naive: (): Promise<AuthorizationGate> => openAuthorizationGate({ replaced: createNaivePushedRequests }),
  ours: (): Promise<AuthorizationGate> => openAuthorizationGate(),
};

async function pushed(gate: AuthorizationGate): Promise<string> {
  return String((await gate.push(gate.request())).json.request_uri);
}

async function honest(gate: AuthorizationGate): Promise<boolean> {
  const person = await gate.person();
  const request = new URLSearchParams({ client_id: gate.clientId, request_uri: await pushed(gate) });
  return (await person.agree(request)).code !== undefined;
}

/** Looks whether an address leads a person on to agree. */
async function ask(gate: AuthorizationGate, request: Record<string, string>) {
  const person = await gate.person();
  const { status, target } = await person.authorize(new URLSearchParams(request));
  const succeeded = target?.pathname.startsWith("/oauth/interaction/") ?? false;
  return { succeeded, gained: target?.href, refusal: { status, target: target?.href, grants: grants(gate) } };
}

attack("use a request that another application has pushed", {
  surface: "interaction",
  ...targets,
  honest,
  refusal: { status: 400, target: undefined, grants: 0 },
  async run(gate) {
    const mallory = await gate.register({ clientName: "Mallory's" });
    return ask(gate, { client_id: mallory.id, request_uri: await pushed(gate) });
  },
});

attack("use a pushed request again when it has been completed", {
  surface: "interaction",
  ...targets,
  honest,
  refusal: { status: 400, target: undefined, grants: 1 },
  async run(gate) {
    const request = { client_id: gate.clientId, request_uri: await pushed(gate) };
    const person = await gate.person();
    gate.clock.advance(1_000);
    const handle = await person.begin(new URLSearchParams(request));
    await person.decide(handle, "allow");
    return ask(gate, request);
  },
});

attack("use a pushed request when its time is over", {
  surface: "interaction",
  ...targets,
  honest,
  refusal: { status: 400, target: undefined, grants: 0 },
  async run(gate) {
    const request = { client_id: gate.clientId, request_uri: await pushed(gate) };
    gate.clock.advance(3_600_000);
    return ask(gate, request);
  },
});
