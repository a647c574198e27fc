import type { Page } from "playwright-core";
import { expect } from "vitest";

const STOPS = "a[href], button, input, select, textarea, summary, iframe, [tabindex]";

/**
 * Goes through a page with the Tab key alone, and fails unless everything that can be pressed or filled in is reached, in the order in which it
 * stands, and is seen to be where the focus is (WCAG 2.1.1, 2.1.2, 2.4.3, 2.4.7).
 */
export async function walkByKeyboard(page: Page): Promise<void> {
  const expected = await page.evaluate((stops) => {
    const all = [...document.querySelectorAll<HTMLElement>(stops)].filter(
      (element) => element.tabIndex >= 0 && element.checkVisibility() && !element.matches(":disabled"),
    );
    for (const element of all) element.setAttribute("data-stop", "");
    // From here the next Tab begins, wherever the focus was.
    const top = document.createElement("span");
    top.tabIndex = -1;
    document.body.prepend(top);
    top.focus();
    top.remove();
    return all.map((element) => ({ html: element.outerHTML.slice(0, 120), seen: true }));
  }, STOPS);
  expect(expected.length).toBeGreaterThan(0);
  const reached: { html: string; seen: boolean }[] = [];
  while (reached.length < expected.length) {
    await page.keyboard.press("Tab");
    const stop = await page.evaluate(() => {
      const element = document.activeElement;
      if (!element?.hasAttribute("data-stop")) return { html: "nothing", seen: false };
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      const seen = outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 2;
      return { html: element.outerHTML.slice(0, 120), seen };
    });
    reached.push(stop);
  }
  expect(reached).toEqual(expected);
}
