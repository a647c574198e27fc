import { mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { walkByKeyboard } from "./keyboard.ts";

/** Where the screenshots go, for people to look at. */
const pictures = join(tmpdir(), "ticketgate-pictures");

/** Takes a picture of a page, and fails for whatever axe finds, for what is wider than the window, and for what the keyboard does not reach. */
export async function auditPage(page: Page, picture: string): Promise<void> {
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: join(pictures, `${picture}.png`), fullPage: true });
  const { violations, passes } = await new AxeBuilder({ page }).analyze();
  expect(passes.length).toBeGreaterThan(10);
  expect(violations.map(({ id, nodes }) => ({ id, html: nodes.map((node) => node.html) }))).toEqual([]);
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBe(0);
  await walkByKeyboard(page);
}
