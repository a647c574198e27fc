"use client";

import { isLanguage, type Language, languages } from "./_language/language.ts";
import { pageFault, shownFault } from "./_parts/fault.ts";
import { texts } from "./_parts/texts.ts";
import "./globals.css";

/** The last resort: even the frame of the pages could not be made. It stands alone, without links into the app. */
export default function GlobalError({ error, retry }: { error: unknown; retry: () => void }) {
  const language = languageOfDocument();
  const fault = pageFault(error);
  const { text, advice } = shownFault(fault, language);
  const { correlationId, tryAgain } = texts[language];
  return (
    <html lang={language}>
      <body>
        <title>{`${text.replace(/[.。]$/, "")} · Ticketgate`}</title>
        <main className="mx-auto max-w-2xl px-5 py-16">
          <div role="alert">
            <h1 className="text-sign">{text}</h1>
            <p className="mt-5 text-lead">{advice}</p>
            {fault.correlationId !== undefined && (
              <p className="mt-5">
                {correlationId}: <code>{fault.correlationId}</code>
              </p>
            )}
          </div>
          <button type="button" className="button mt-8" onClick={retry}>
            {tryAgain}
          </button>
        </main>
      </body>
    </html>
  );
}

/** The frame that failed has told the browser which language it was. */
function languageOfDocument(): Language {
  const language = typeof document === "undefined" ? undefined : document.documentElement.lang;
  return isLanguage(language) ? language : languages[0];
}
