import type { Metadata, Viewport } from "next";
import Link from "next/link";
import { connection } from "next/server";
import type { ReactNode } from "react";
import { GateMark } from "./_parts/gate-mark.tsx";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "Ticketgate", template: "%s · Ticketgate" },
  description: "Hand it a ticket, get a token. The token stays on the server.",
  referrer: "same-origin",
  robots: { index: false },
};

export const viewport: Viewport = {
  colorScheme: "light dark",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#dfe9e1" },
    { media: "(prefers-color-scheme: dark)", color: "#0b1412" },
  ],
};

/** The frame of every page. Never static: a page carries the nonce of its own answer (see `src/proxy.ts`). */
export default async function RootLayout({ children }: { children: ReactNode }) {
  await connection();
  return (
    <html lang="en">
      <body className="flex min-h-dvh flex-col">
        <a
          href="#content"
          className="sr-only focus:not-sr-only focus:absolute focus:top-2 focus:left-2 focus:z-10 focus:bg-ticket focus:px-4 focus:py-3"
        >
          Skip to the content
        </a>
        <header className="mx-auto w-full max-w-6xl px-5 pt-6 sm:px-8 sm:pt-8">
          <Link
            href="/"
            className="inline-flex items-center gap-3 font-bold font-sign text-2xl no-underline [font-stretch:85%]"
          >
            <GateMark />
            Ticketgate
          </Link>
        </header>
        <main id="content" tabIndex={-1} className="mx-auto w-full max-w-6xl grow px-5 py-8 sm:px-8 sm:py-12">
          {children}
        </main>
        <footer className="mx-auto w-full max-w-6xl px-5 pb-8 text-fine text-soft sm:px-8">
          Ticketgate is free software under the Apache License 2.0.
        </footer>
      </body>
    </html>
  );
}
