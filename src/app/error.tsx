"use client";

import { pageFault } from "./_parts/fault.ts";
import { FaultPage } from "./_parts/fault-page.tsx";

/** What stands in place of a page that could not be made. */
export default function PageError({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <div role="alert">
      <FaultPage fault={pageFault(error)}>
        <button type="button" className="button" onClick={retry}>
          Try again
        </button>
      </FaultPage>
    </div>
  );
}
