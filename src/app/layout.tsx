import type { Metadata, Viewport } from "next";
import Link from "next/link";
import type { ReactNode } from "react";
import { LanguageProvider } from "./_language/language-context.tsx";
import { LanguageSwitch } from "./_language/language-switch.tsx";
import { requestLanguage } from "./_language/request-language.ts";
import { GateMark } from "./_parts/gate-mark.tsx";
import { texts } from "./texts.ts";
import "./globals.css";

export async function generateMetadata(): Promise<Metadata> {
  return {
    title: { default: "Ticketgate", template: "%s · Ticketgate" },
    description: texts[await requestLanguage()].description,
    referrer: "same-origin",
    robots: { index: false },
  };
}

export const viewport: Viewport = {
  colorScheme: "light dark",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#dfe9e1" },
    { media: "(prefers-color-scheme: dark)", color: "#0b1412" },
  ],
};

/** The frame of every page. Never static: a page carries the nonce of its own answer (see `src/proxy.ts`). */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const language = await requestLanguage();
  const words = texts[language];
  return (
    <html lang={language}>
      <body className="flex min-h-dvh flex-col">
        <a
          href="#content"
          className="sr-only focus:not-sr-only focus:absolute focus:top-2 focus:left-2 focus:z-10 focus:bg-ticket focus:px-4 focus:py-3"
        >
          {words.skip}
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
          <LanguageProvider language={language}>{children}</LanguageProvider>
        </main>
        <footer className="mx-auto flex w-full max-w-6xl flex-wrap items-baseline justify-between gap-x-8 gap-y-2 px-5 pb-8 text-fine text-soft sm:px-8">
          <p>{words.license}</p>
          <LanguageSwitch language={language} />
        </footer>
      </body>
    </html>
  );
}
