import { addAccount } from "../../src/server/account/add-account.ts";
import { openGate } from "../support/gate.ts";
import { signUpNaively } from "../support/naive/accounts.ts";
import type { AttackedGate } from "../support/naive/gate.ts";
import { attack } from "./attack.ts";
import { setClient, setService } from "./engine-settings.ts";
import { gates, issues } from "./gates.ts";
import { signedInAs } from "./people.ts";

/** The id of the client that Ticketgate itself is, so that a resource server takes the token for its own. */
const machineOf = ({ services }: AttackedGate) => services.settings.client.id;

/** Gives that client a second name, which a resource server may know it by. */
async function aliasOfMachine(gate: AttackedGate): Promise<string> {
  const clientIdAlias = "first-party-app";
  await setService(gate, { clientIdAliasEnabled: true });
  await setClient(gate, machineOf(gate), { clientIdAlias, clientIdAliasEnabled: true });
  return clientIdAlias;
}

const names = {
  number: async (gate: AttackedGate) => machineOf(gate),
  alias: aliasOfMachine,
};

for (const [kind, nameOf] of Object.entries(names)) {
  attack(`as a back end, issue a token for a subject that is the ${kind} of a client`, {
    surface: "trpc",
    ...gates,
    refusal: { code: "BAD_REQUEST", fields: { subject: ["is the identifier of a client"] }, issues: 0 },
    async run(gate) {
      const backend = await gate.backend();
      const subject = await nameOf(gate);
      const input = { ticket: await backend.ticket(), subject };
      const { data, error } = await backend.call<{ subject: string }>("token.issue", input);
      return {
        succeeded: data?.subject === subject,
        gained: data,
        refusal: { code: error?.code, fields: error?.fields, issues: issues(gate) },
      };
    },
    async honest(gate) {
      const backend = await gate.backend();
      const subject = `${await nameOf(gate)}9`;
      const input = { ticket: await backend.ticket(), subject };
      return (await backend.call<{ subject: string }>("token.issue", input)).data?.subject === subject;
    },
  });
}

attack("sign up with the id of a client as the user name", {
  surface: "session",
  naive: async () => ({ ...(await openGate()), signUp: signUpNaively }),
  ours: async () => ({ ...(await openGate()), signUp: signUpAtOurs }),
  async run(gate) {
    const username = machineOf(gate);
    const password = "an account of mallory";
    await gate.signUp(gate.services, { username, password });
    const browser = gate.browser();
    await browser.signIn(username, password);
    const gained = await signedInAs(browser);
    return { succeeded: gained === username, gained };
  },
  async honest(gate) {
    const subject = await gate.signUp(gate.services, { username: "bob", password: "an account of bob" });
    const browser = gate.browser();
    await browser.signIn("bob", "an account of bob");
    return (await signedInAs(browser)) === subject;
  },
});

function signUpAtOurs(
  { store, random }: AttackedGate["services"],
  account: { username: string; password: string },
): Promise<string> {
  return addAccount({ accounts: store.accounts, clock: Date.now, random }, account);
}
