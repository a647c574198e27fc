import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { contentSecurityPolicy } from "../../src/app/_guard/content-security-policy.ts";
import { requestImages } from "../../src/app/_guard/request-images.ts";
import {
  type AuthorizationGate,
  openAuthorizationGate,
  type Visitor,
} from "../support/authorization-gate.ts";
import { ORIGIN } from "../support/gate.ts";

const LOGO = "https://app.example/logo.png";

let gate: AuthorizationGate;
let alice: Visitor;
let handle: string;

beforeAll(async () => {
  gate = await openAuthorizationGate();
  alice = await gate.person();
  handle = await alice.begin(gate.request());
});

afterAll(() => gate.close());

function imagesOf(path: string, visitor = alice, acceptLanguage: string | null = null) {
  const header = [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  const url = new URL(path, ORIGIN);
  return requestImages(gate.services, { url, header, acceptLanguage, origin: ORIGIN });
}

describe("the images of other servers on a page", () => {
  it.each(["/consent/{handle}", "/choose-account/{handle}", "/login?next=/oauth/interaction/{handle}"])(
    "are the logo of the application on %s, in the browser that brought its request",
    async (path) => {
      const here = path.replace("{handle}", handle);
      expect(await imagesOf(here)).toEqual([LOGO]);
      expect(await imagesOf(here, gate.visitor())).toEqual([]);
    },
  );

  it.each(["/", "/login", "/login?next=/", "/consent/x", "/account"])("are none on %s", async (path) => {
    expect(await imagesOf(path)).toEqual([]);
  });

  it.each(["/register?next=/oauth/interaction/{handle}", "/reset/done?request={handle}"])(
    "are none on %s, which shows no application",
    async (path) => {
      expect(await imagesOf(path.replace("{handle}", handle))).toEqual([]);
    },
  );

  it("are the logo for the reader's language, where there is one", async () => {
    const logo = "https://app.example/logo-ja.png";
    const { id } = await gate.register({ logoUris: [{ tag: "ja", value: logo }] });
    const own = await alice.begin(gate.request({ client_id: id }));
    expect(await imagesOf(`/consent/${own}`)).toEqual([LOGO]);
    expect(await imagesOf(`/consent/${own}`, alice, "ja,en;q=0.5")).toEqual([logo]);
    expect(await imagesOf(`/consent/${own}?ui_locales=en`, alice, "ja")).toEqual([LOGO]);
  });

  it("are let in by their own address, and can add nothing to the policy", () => {
    const images = [LOGO, "https://evil.example/a;script-src *,x.png?q=1"];
    const policy = contentSecurityPolicy("n", { development: false, images });
    const directives = policy.split("; ");
    expect(directives).toContain(
      `img-src 'self' data: ${LOGO} https://evil.example/a%3Bscript-src%20*%2Cx.png`,
    );
    expect(directives.filter((directive) => directive.startsWith("script-src "))).toHaveLength(1);
    expect(policy).not.toContain(",");
  });
});
