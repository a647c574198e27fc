import { attack } from "./attack.ts";
import { agrees, requests } from "./requests.ts";

const SCRIPT = "<script>alert(1)</script>";
const ATTRIBUTE = '"><img src=x onerror=alert(1)>';

/** Parameters that come back on a page. */
const spoilt: [title: string, changes: Record<string, string | undefined>][] = [
  ["the identifier of a client", { client_id: SCRIPT, redirect_uri: undefined }],
  ["a scope", { client_id: "0", redirect_uri: undefined, scope: ATTRIBUTE }],
];

for (const [title, changes] of spoilt) {
  attack(`write a script into the page about a refused request, by ${title}`, {
    surface: "interaction",
    ...requests,
    honest: agrees,
    refusal: { status: 400 },
    async run(gate) {
      const { status, text } = await gate.visitor().authorize(gate.request(changes));
      const succeeded = text.includes(SCRIPT) || text.includes(ATTRIBUTE);
      return { succeeded, gained: text, refusal: { status } };
    },
  });
}
