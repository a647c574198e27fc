import { renderToStaticMarkup } from "react-dom/server";
import { afterEach, describe, expect, it, vi } from "vitest";
import MailPage from "../../src/app/development/mail/page.tsx";
import { requestPasswordReset } from "../../src/server/flow/account/password-reset.ts";
import { type Gate, ORIGIN, openGate } from "../support/gate.ts";

vi.mock("server-only", () => ({}));
vi.mock("next/headers", () => import("../attack/page-request.ts"));

let gate: Gate;
afterEach(() => gate.close());

async function open(env: Record<string, string> = {}) {
  gate = await openGate({ env });
  const slot = globalThis as { [name: symbol]: unknown };
  slot[Symbol.for("ticketgate.services")] = Promise.resolve(gate.services);
}

const page = async () => renderToStaticMarkup(await MailPage());

describe("the mail page of a development checkout", () => {
  it("shows what would have been sent, with its link", async () => {
    await open();
    expect(await page()).toContain("No mail so far.");
    await requestPasswordReset(gate.services, { email: "demo@example.com", language: "en" });
    await vi.waitFor(() => expect(gate.services.mailbox?.mails()).toHaveLength(1));
    const shown = await page();
    expect(shown).toMatch(new RegExp(`<a href="${ORIGIN}/reset/[\\w-]{43}\\?ui_locales=en">`));
    expect(shown).toContain("demo@example.com");
  });

  it.each([
    ["in production", { NODE_ENV: "production" }],
    [
      "where mail is sent",
      { TICKETGATE_SMTP_URL: "smtp://localhost:1025", TICKETGATE_MAIL_FROM: "a@example.com" },
    ],
  ])("is not there %s", async (_, env) => {
    await open(env);
    expect(gate.services.mailbox).toBeUndefined();
    await expect(page()).rejects.toMatchObject({ digest: expect.stringContaining("404") });
  });
});
