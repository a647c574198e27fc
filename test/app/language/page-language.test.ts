import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isInOtherLanguage } from "../../../src/app/_guard/other-language.ts";
import { pageLanguage, wantedLocales } from "../../../src/app/_guard/page-language.ts";
import {
  type AuthorizationGate,
  openAuthorizationGate,
  type Visitor,
} from "../../support/authorization-gate.ts";
import { ORIGIN } from "../../support/gate.ts";

let gate: AuthorizationGate;
let visitor: Visitor;
let handle: string;

beforeAll(async () => {
  gate = await openAuthorizationGate();
  visitor = gate.visitor();
  handle = await visitor.begin(gate.request({ ui_locales: "fr ja" }));
});
afterAll(() => gate.close());

function sent(path: string, { cookies } = visitor) {
  const header = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  return { url: new URL(path, ORIGIN), header, acceptLanguage: "en", origin: ORIGIN };
}

const onTheWay = [
  "/login?next=%2Foauth%2Finteraction%2F{handle}",
  "/second-factor/x?next=%2Foauth%2Finteraction%2F{handle}",
  "/reset?next=%2Foauth%2Finteraction%2F{handle}",
  "/reset/sent?next=%2Foauth%2Finteraction%2F{handle}",
  "/reset/done?request={handle}",
  "/register?next=%2Foauth%2Finteraction%2F{handle}",
  "/choose-account/{handle}",
  "/consent/{handle}",
];

describe("OIDC Core §3.1.2.1 ui_locales: a page on the way of a request", () => {
  it.each(onTheWay)("%s is in the language of the request, in its own browser", async (path) => {
    const here = path.replace("{handle}", handle);
    expect(await wantedLocales(gate.services, sent(here))).toBe("fr ja");
    expect(await pageLanguage(gate.services, sent(here))).toBe("ja");
    expect(await wantedLocales(gate.services, sent(here, gate.visitor()))).toBeUndefined();
  });

  it("stays so when the request has expired", async () => {
    const old = gate.visitor();
    const own = await old.begin(gate.request({ ui_locales: "ja" }));
    gate.clock.advance(gate.services.settings.interactionMs + 1);
    expect(await pageLanguage(gate.services, sent(`/reset/done?request=${own}`, old))).toBe("ja");
    handle = await visitor.begin(gate.request({ ui_locales: "fr ja" }));
  });

  it("is in the language of its own address first", async () => {
    const path = `/consent/${handle}?ui_locales=en`;
    expect(await pageLanguage(gate.services, sent(path))).toBe("en");
  });

  it("is in the person's own language where the request asks for none", async () => {
    const own = await visitor.begin(gate.request());
    expect(await wantedLocales(gate.services, sent(`/consent/${own}`))).toBeUndefined();
  });
});

describe("the parts of a page that a script asks for", () => {
  const trustedOrigins = [ORIGIN];
  const isOther = (path: string, headers: Record<string, string>, method = "GET") =>
    isInOtherLanguage(gate.services, new Headers(headers), { ...sent(path), method, trustedOrigins });
  const script = { "sec-fetch-dest": "empty", referer: `${ORIGIN}/login?ui_locales=ja` };

  it("are not given where it would stand in a frame of another language", async () => {
    expect(await isOther("/", script)).toBe(true);
    expect(await isOther(`/consent/${handle}`, script)).toBe(false);
    expect(await isOther("/?ui_locales=ja", script)).toBe(false);
  });

  it("are nothing else: not a page, not a form, not what comes from elsewhere", async () => {
    expect(await isOther("/", { ...script, "sec-fetch-dest": "document" })).toBe(false);
    expect(await isOther("/", script, "POST")).toBe(false);
    expect(await isOther("/", { ...script, referer: "https://evil.example/?ui_locales=ja" })).toBe(false);
    expect(await isOther("/", { "sec-fetch-dest": "empty" })).toBe(false);
  });
});
