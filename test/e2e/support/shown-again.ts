import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { type Visit, visit } from "./browser.ts";

/** axe is a script itself: what a browser without scripts shows is shown again in one with, but without scripts of its own. */
export async function shownAgain(
  browser: Browser,
  page: Page,
  options: BrowserContextOptions,
): Promise<Visit> {
  const body = (await page.content()).replaceAll(/<script\b[\s\S]*?<\/script>/g, "");
  const again = await visit(browser, options);
  await again.page.route(page.url(), (route) => route.fulfill({ contentType: "text/html", body }));
  await again.page.goto(page.url());
  return again;
}
