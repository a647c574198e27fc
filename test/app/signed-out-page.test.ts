import { renderToStaticMarkup } from "react-dom/server";
import { expect, it, vi } from "vitest";
import type { Language } from "../../src/app/_language/language.ts";
import SignedOutPage, { generateMetadata } from "../../src/app/(interaction)/logout/done/page.tsx";

const browser = vi.hoisted(() => ({ signedIn: false, language: "en" as Language }));
vi.mock("../../src/app/bridge.ts", () => ({
  isSignedIn: async () => browser.signedIn,
  currentSession: async () =>
    browser.signedIn ? { signedIn: true, name: "Alice Example" } : { signedIn: false },
}));
vi.mock("../../src/app/_bridge/logout.ts", () => ({ logoutResult: async () => undefined }));
vi.mock("../../src/app/_language/request-language.ts", () => ({
  requestLanguage: async () => browser.language,
}));

/** What the page says and where it leads, for a link that anybody can make. */
async function page(signedIn: boolean, language: Language) {
  Object.assign(browser, { signedIn, language });
  const address = { params: Promise.resolve({}), searchParams: Promise.resolve({}) };
  const html = renderToStaticMarkup(await SignedOutPage(address));
  const heading = /<h1[^>]*>([^<]*)</.exec(html)?.[1];
  return { heading, title: (await generateMetadata()).title, html };
}

it.each([
  ["en", "You are signed in.", "Signed in"],
  ["ja", "サインインしています。", "サインイン中"],
] as const)(
  "says in %s to somebody who is signed in that they are, and leads to signing out",
  async (language, heading, title) => {
    const shown = await page(true, language);
    expect([shown.heading, shown.title]).toEqual([heading, title]);
    expect(shown.html).toContain("Alice Example");
    expect(shown.html).toContain('href="/logout"');
    expect(shown.html).not.toContain('href="/login"');
  },
);

it.each([
  ["en", "You are signed out.", "Signed out"],
  ["ja", "サインアウトしました。", "サインアウトしました"],
] as const)("says in %s to anybody else that they are signed out", async (language, heading, title) => {
  const shown = await page(false, language);
  expect([shown.heading, shown.title]).toEqual([heading, title]);
  expect(shown.html).toContain('href="/login"');
});
