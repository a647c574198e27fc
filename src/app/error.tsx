"use client";

import { useLanguage } from "./_language/language-context.tsx";
import { pageFault } from "./_parts/fault.ts";
import { FaultPage } from "./_parts/fault-page.tsx";
import { texts } from "./_parts/texts.ts";

/** What stands in place of a page that could not be made. */
export default function PageError({ error, retry }: { error: unknown; retry: () => void }) {
  const language = useLanguage();
  return (
    <div role="alert">
      <FaultPage fault={pageFault(error)}>
        <button type="button" className="button" onClick={retry}>
          {texts[language].tryAgain}
        </button>
      </FaultPage>
    </div>
  );
}
