import { comesFromOwnPage } from "../../src/server/http/own-page.ts";
import { ORIGIN, type Spoil } from "../support/gate.ts";
import { naiveOwnPage } from "../support/naive/own-page.ts";
import { attack } from "./attack.ts";
import { gates } from "./gates.ts";
import { type FormName, pages } from "./pages.ts";
import { begin, signedInAs, victimOf } from "./people.ts";

const SIBLING = "https://blog.gate.example";
const EVIL = "https://evil.example";
const fromSibling = { origin: SIBLING, "sec-fetch-site": "same-site", "x-ticketgate": null };
const fromEvil = { origin: EVIL, "sec-fetch-site": "cross-site", "x-ticketgate": null };

const multipart = { "content-type": "multipart/form-data; boundary=b" };
const multipartBody = '--b\r\ncontent-disposition: form-data; name="a"\r\n\r\n1\r\n--b--\r\n';
const text = { "content-type": "text/plain" };
const urlencoded = { "content-type": "application/x-www-form-urlencoded" };
const json = '{"json":null}';

/** What a page of another site makes the victim's browser send. The last ones are as ours but for one thing. */
const requests: [title: string, code: string, request: Spoil][] = [
  ["a multipart form", "CROSS_SITE_REFUSED", { headers: { ...fromEvil, ...multipart }, body: multipartBody }],
  [
    "a multipart form on a sibling site, with which Strict cookies travel, too",
    "CROSS_SITE_REFUSED",
    { headers: { ...fromSibling, ...multipart }, body: multipartBody },
  ],
  [
    "a multipart form without an Origin",
    "CROSS_SITE_REFUSED",
    { headers: { ...fromSibling, ...multipart, origin: null }, body: multipartBody },
  ],
  ["a form as text/plain", "CROSS_SITE_REFUSED", { headers: { ...fromSibling, ...text }, body: json }],
  ["a urlencoded form", "CROSS_SITE_REFUSED", { headers: { ...fromSibling, ...urlencoded }, body: "a=1" }],
  [
    "a form without a content type",
    "CROSS_SITE_REFUSED",
    { headers: { ...fromSibling, "content-type": "" }, body: json },
  ],
  ["JSON from a sibling site", "CROSS_SITE_REFUSED", { headers: { ...fromSibling, "x-ticketgate": "1" } }],
  ["JSON without an Origin", "CROSS_SITE_REFUSED", { headers: { origin: null } }],
  ["JSON with the Origin null", "CROSS_SITE_REFUSED", { headers: { origin: "null" } }],
  ["JSON from the same site", "CROSS_SITE_REFUSED", { headers: { "sec-fetch-site": "same-site" } }],
  ["JSON without Sec-Fetch-Site", "CROSS_SITE_REFUSED", { headers: { "sec-fetch-site": null } }],
  ["JSON without our header", "CROSS_SITE_REFUSED", { headers: { "x-ticketgate": null } }],
  [
    "multipart with everything else as ours",
    "UNSUPPORTED_MEDIA_TYPE",
    { headers: multipart, body: multipartBody },
  ],
  ["text/plain with everything else as ours", "UNSUPPORTED_MEDIA_TYPE", { headers: text }],
];

for (const [title, code, request] of requests) {
  attack(`sign the victim out with ${title}`, {
    surface: "trpc",
    ...gates,
    refusal: { code, cookies: [] },
    async run(gate) {
      const browser = gate.browser();
      await browser.signIn();
      const { error, headers } = await browser.call("session.signOut", undefined, request);
      const cookies = headers.getSetCookie();
      return {
        succeeded: (await signedInAs(browser)) === undefined,
        refusal: { code: error?.code, cookies },
      };
    },
    async honest(gate) {
      const browser = gate.browser();
      await browser.signIn();
      await browser.signOut();
      return (await signedInAs(browser)) === undefined && gate.callsOf("auth/revocation").length === 1;
    },
  });
}

attack("finish the victim's sign-in from a sibling site, with JSON that a form writes", {
  surface: "trpc",
  ...gates,
  refusal: { code: "CROSS_SITE_REFUSED" },
  async run(gate) {
    const victim = await victimOf(gate);
    const browser = gate.browser();
    const { handle, subject } = await begin(browser, victim);
    const headers = { ...fromSibling, ...text };
    const body = `{"json":{"ticket":"${handle}","subject":"${subject}","x":"="}}\r\n`;
    const { error } = await browser.call("token.issue", undefined, { headers, body });
    const gained = await signedInAs(browser);
    return { succeeded: gained !== undefined, gained, refusal: { code: error?.code } };
  },
  async honest(gate) {
    const browser = gate.browser();
    const { handle, subject } = await begin(browser, await victimOf(gate));
    await browser.call("token.issue", { ticket: handle, subject });
    return (await signedInAs(browser)) === subject;
  },
});

type PageCheck = (request: Pick<Request, "method" | "headers">) => boolean;

for (const [title, headers] of [
  ["without an Origin", {}],
  ["without an Origin, and says that it is from another site", { "sec-fetch-site": "cross-site" }],
  ["without an Origin, from a sibling site", { "sec-fetch-site": "same-site" }],
] as const) {
  attack(`post a form to a page ${title}`, {
    surface: "page",
    naive: (): PageCheck => (request) => naiveOwnPage(request, new URL(ORIGIN).host),
    ours: (): PageCheck => (request) => comesFromOwnPage(request, [ORIGIN]),
    run: async (accepts) => ({ succeeded: accepts({ method: "POST", headers: new Headers(headers) }) }),
    honest: async (accepts) =>
      accepts({
        method: "POST",
        headers: new Headers({ origin: ORIGIN, "sec-fetch-site": "same-origin" }),
      }),
  });
}

/** What an attacker can put into a form for the victim's browser, who has no token of that browser and that form. */
const forgeries: [title: string, form: FormName | undefined][] = [
  ["no token", undefined],
  ["the token of another form", "login"],
];

for (const [title, form] of forgeries) {
  attack(`sign the victim out with the form of the page, with ${title}`, {
    surface: "action",
    ...pages,
    async run({ forms, ...gate }) {
      const browser = gate.browser();
      await browser.signIn();
      const { formToken = "" } = form ? await forms.open(browser, form) : {};
      await forms.send(browser, "sign-out", { formToken });
      return { succeeded: (await signedInAs(browser)) === undefined };
    },
    async honest({ forms, ...gate }) {
      const browser = gate.browser();
      await browser.signIn();
      await forms.send(browser, "sign-out", await forms.open(browser, "sign-out"));
      return (await signedInAs(browser)) === undefined;
    },
  });
}
