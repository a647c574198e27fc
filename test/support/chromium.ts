import chromium from "@sparticuz/chromium";

/** Unpacks the browser of the npm package before any test needs it: two that did so at once would be in each other's way. */
export async function setup(): Promise<void> {
  if (process.env.CHROMIUM_PATH === undefined) await chromium.executablePath();
}
