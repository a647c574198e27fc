"use client";

import { pageFault, shownAdvice } from "./_parts/fault.ts";
import "./globals.css";

/** The last resort: even the frame of the pages could not be made. It stands alone, without links into the app. */
export default function GlobalError({ error, retry }: { error: unknown; retry: () => void }) {
  const fault = pageFault(error);
  return (
    <html lang="en">
      <body>
        <title>Something went wrong · Ticketgate</title>
        <main className="mx-auto max-w-2xl px-5 py-16">
          <div role="alert">
            <h1 className="text-sign">{fault.text}</h1>
            <p className="mt-5 text-lead">{shownAdvice(fault)}</p>
            {fault.correlationId !== undefined && (
              <p className="mt-5">
                Correlation id: <code>{fault.correlationId}</code>
              </p>
            )}
          </div>
          <button type="button" className="button mt-8" onClick={retry}>
            Try again
          </button>
        </main>
      </body>
    </html>
  );
}
