import { attack } from "./attack.ts";
import { metadata, register, registers, registrations } from "./registrations.ts";

const text = (changes: string) => `${JSON.stringify(metadata).slice(0, -1)},${changes}}`;

attack("give every object of this server a member, by the metadata of a client", {
  surface: "registration",
  ...registrations,
  honest: registers,
  async run(gate) {
    const bodies = [
      text('"__proto__":{"polluted":"by __proto__"}'),
      text('"contacts":{"__proto__":{"polluted":"by an inner one"}}'),
      text('"constructor":{"prototype":{"polluted":"by the constructor"}}'),
    ];
    for (const body of bodies) await register(gate, body);
    const gained = ({} as { polluted?: string }).polluted;
    Reflect.deleteProperty(Object.prototype, "polluted");
    return { succeeded: gained !== undefined, gained };
  },
});

/** Names that a person who is asked to agree reads as another one. */
const names = [
  "Bank \u202e\u2066gro.live",
  "Bank\u200b of Example",
  "Bank\u2066 of Example",
  "Bank of Example\nSigned in as you",
  "Bank of Example\u0000",
  "Bank of Example\u001b[2J",
  "Bank of Example\ud800",
  "Bank of Example ".repeat(100),
  "  ",
];

for (const member of ["client_name", "client_name#ja"]) {
  for (const name of names) {
    attack(`register a client with the ${member} ${JSON.stringify(name).slice(0, 60)}`, {
      surface: "registration",
      ...registrations,
      honest: registers,
      refusal: { status: 400, error: "invalid_client_metadata" },
      async run(gate) {
        const { status, json } = await register(gate, { ...metadata, [member]: name });
        return { succeeded: status === 201, gained: json, refusal: { status, error: json.error } };
      },
    });
  }
}

for (const [title, changes] of [
  ["is nested so deep that reading it ends a program", `"contacts":${"[".repeat(5_000)}${"]".repeat(5_000)}`],
  ["has a number that nobody can wait for", '"default_max_age":1e15'],
  ["has a text in the place of a list", '"redirect_uris":"https://rp.example/callback"'],
] as const) {
  attack(`register a client with what ${title}`, {
    surface: "registration",
    ...registrations,
    honest: registers,
    refusal: 400,
    async run(gate) {
      const { status, json } = await register(gate, text(changes));
      return { succeeded: status === 201, gained: json, refusal: status };
    },
  });
}
