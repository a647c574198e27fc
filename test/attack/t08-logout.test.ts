import {
  type AuthorizationGate,
  openAuthorizationGate,
  type Visitor,
} from "../support/authorization-gate.ts";
import { createNaiveLogout } from "../support/naive/logout.ts";
import { attack } from "./attack.ts";

const targets = {
  naive: (): Promise<AuthorizationGate> => openAuthorizationGate({ replaced: createNaiveLogout }),
  ours: (): Promise<AuthorizationGate> => openAuthorizationGate(),
};

async function idToken(gate: AuthorizationGate, person: Visitor, subject?: string): Promise<string> {
  const { code } = await person.agree(gate.request(), subject);
  return String((await gate.redeem(code)).json.id_token);
}

async function isSignedIn(person: Visitor): Promise<boolean> {
  const { data } = await person.call<{ signedIn: boolean }>("session.current", undefined, { method: "GET" });
  return data?.signedIn === true;
}

/** An ID token of the attacker, who has an account like everybody. */
async function ofTheAttacker(gate: AuthorizationGate): Promise<string> {
  const mallory = gate.visitor();
  const subject = await gate.addPerson("mallory");
  await mallory.signIn("mallory");
  return idToken(gate, mallory, subject);
}

/** An ID token of the victim, from another browser of theirs. */
const ofAnotherSession = async (gate: AuthorizationGate) => idToken(gate, await gate.person());

/** The victim's ID token without its signature. */
async function unsigned(gate: AuthorizationGate): Promise<string> {
  const [, payload = ""] = (await ofAnotherSession(gate)).split(".");
  return `${Buffer.from('{"alg":"none"}').toString("base64url")}.${payload}.`;
}

type Request = (gate: AuthorizationGate) => Promise<Record<string, string>>;

/** What another site sends the victim's browser to the logout endpoint with. */
const links: [title: string, status: number, request: Request][] = [
  ["nothing", 303, async () => ({})],
  ["the identifier of an application", 303, async ({ clientId }) => ({ client_id: clientId })],
  ["an ID token of the attacker", 303, async (gate) => ({ id_token_hint: await ofTheAttacker(gate) })],
  [
    "an ID token of another session of the victim",
    303,
    async (gate) => ({ id_token_hint: await ofAnotherSession(gate) }),
  ],
  ["an ID token without signature", 400, async (gate) => ({ id_token_hint: await unsigned(gate) })],
];

for (const [title, status, request] of links) {
  for (const method of ["GET", "POST"]) {
    attack(`sign the victim out from another site by ${method} with ${title}`, {
      surface: "logout",
      ...targets,
      refusal: { status },
      async run(gate) {
        const victim = await gate.person();
        const parameters = new URLSearchParams(await request(gate));
        const headers = { origin: "https://evil.example", "sec-fetch-site": "cross-site" };
        const first =
          method === "POST"
            ? await victim.ask("/oauth/logout", { form: parameters, headers })
            : await victim.ask(`/oauth/logout?${parameters}`, { headers });
        const again =
          first.target?.pathname === "/oauth/logout" ? first.target.pathname + first.target.search : "";
        const answer = again === "" ? first : await victim.ask(again, { headers });
        return { succeeded: !(await isSignedIn(victim)), refusal: { status: answer.status } };
      },
      async honest(gate) {
        const person = await gate.person();
        const id_token_hint = await idToken(gate, person);
        await person.ask(`/oauth/logout?${new URLSearchParams({ id_token_hint })}`);
        return !(await isSignedIn(person));
      },
    });
  }
}
