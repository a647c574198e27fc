"use client";

import "./globals.css";

/** The last resort: even the frame of the pages could not be made. It stands alone, without links into the app. */
export default function GlobalError({ error, retry }: { error: unknown; retry: () => void }) {
  const digest = error instanceof Error && "digest" in error ? String(error.digest) : undefined;
  return (
    <html lang="en">
      <body>
        <title>Something went wrong · Ticketgate</title>
        <main role="alert" className="mx-auto max-w-2xl px-5 py-16">
          <h1 className="text-sign">Something went wrong.</h1>
          <p className="mt-5 text-lead">Try again. If it goes on, quote the correlation id.</p>
          {digest !== undefined && (
            <p className="mt-5">
              Correlation id: <code>{digest}</code>
            </p>
          )}
          <button type="button" className="button mt-8" onClick={retry}>
            Try again
          </button>
        </main>
      </body>
    </html>
  );
}
