import chromium from "@sparticuz/chromium";
import { type Browser, type BrowserContextOptions, chromium as driver, type Page } from "playwright-core";

/**
 * Starts a real Chromium: the one in `CHROMIUM_PATH`, else the one of the npm package. The package's own switches are not
 * used, because they turn off web security, which is what is tested here.
 */
export async function openBrowser(): Promise<Browser> {
  const executablePath = process.env.CHROMIUM_PATH ?? (await chromium.executablePath());
  return driver.launch({ executablePath, args: ["--no-sandbox"] });
}

/** A page of a browser of its own, and what its console complained about. */
export type Visit = { page: Page; complaints: string[]; close: () => Promise<void> };

/** Opens a page with an empty cookie jar. */
export async function visit(browser: Browser, options: BrowserContextOptions): Promise<Visit> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  return { page, complaints, close: () => context.close() };
}
