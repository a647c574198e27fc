import { attack } from "./attack.ts";
import { agrees, requests } from "./requests.ts";

/** Near the registered address, or read in another way by a browser than by a program. */
const addresses = [
  "https://evil.example/",
  "//evil.example/callback",
  "https://app.example@evil.example/callback",
  "https://app.example.evil.example/callback",
  "https://evil.example#https://app.example/callback",
  "https://evil.example\\@app.example/callback",
  "https://app.example/callback/../../open?to=https://evil.example",
  "https://app.example/callback?next=https://evil.example",
  "https://app.example/callback#https://evil.example",
  "https://APP.example/callback",
  "https://app.example:8443/callback",
  "http://app.example/callback",
  "javascript:alert(1)//https://app.example/callback",
  "data:text/html,<script>alert(1)</script>",
];

for (const address of addresses) {
  attack(`have a request answered at ${JSON.stringify(address)}`, {
    surface: "interaction",
    ...requests,
    honest: agrees,
    refusal: { status: 400, location: null, refresh: null, links: false },
    async run(gate) {
      const person = await gate.person();
      const { status, headers, text } = await person.authorize(gate.request({ redirect_uri: address }));
      const location = headers.get("location");
      const refusal = {
        status,
        location,
        refresh: headers.get("refresh"),
        links: /href="[^"]*evil/.test(text),
      };
      return { succeeded: location !== null || refusal.links, gained: location, refusal };
    },
  });
}
