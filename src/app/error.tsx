"use client";

import { FaultPage } from "./_parts/fault-page.tsx";

/** What stands in place of a page that could not be made. The digest finds the cause in the server's log. */
export default function PageError({ error, retry }: { error: unknown; retry: () => void }) {
  const digest = error instanceof Error && "digest" in error ? String(error.digest) : undefined;
  return (
    <div role="alert">
      <FaultPage
        title="Something went wrong."
        advice="Try again. If it goes on, quote the correlation id."
        printed={digest === undefined ? [] : [{ label: "Correlation id", value: digest }]}
      >
        <button type="button" className="button" onClick={retry}>
          Try again
        </button>
      </FaultPage>
    </div>
  );
}
