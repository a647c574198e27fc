"use client";

import { useActionState, useEffect, useId } from "react";
import { useLanguage } from "../../../_language/language-context.tsx";
import { FaultNotice } from "../../../_parts/fault-notice.tsx";
import { type DecisionState, decide } from "../actions.ts";
import { texts } from "../texts.ts";

/**
 * Allow or deny. A form, so it works without JavaScript; with it the browser loads the next page anew, and the back button this one.
 *
 * @param props.request what is decided about, as it stands in the address.
 */
export function DecisionForm({ formToken, request }: { formToken: string; request: string }) {
  const [sent, action] = useActionState<DecisionState, FormData>(decide, {});
  const words = texts[useLanguage()];
  const faultId = useId();
  const { goTo } = sent;
  useEffect(() => {
    if (goTo !== undefined) location.assign(goTo);
  }, [goTo]);
  useEffect(() => {
    // A page that the browser kept does not know what was decided.
    const shown = ({ persisted }: PageTransitionEvent) => {
      if (persisted) location.reload();
    };
    addEventListener("pageshow", shown);
    return () => removeEventListener("pageshow", shown);
  }, []);
  return (
    <form action={action} className="grid gap-4 sm:grid-cols-2">
      {sent.fault && (
        <div className="sm:col-span-2">
          <FaultNotice id={faultId} fault={sent.fault} />
        </div>
      )}
      <input type="hidden" name="formToken" value={sent.formToken ?? formToken} />
      <input type="hidden" name="request" value={request} />
      <button type="submit" name="decision" value="allow" className="button w-full">
        {words.allow}
      </button>
      <button type="submit" name="decision" value="deny" className="button button-quiet w-full">
        {words.deny}
      </button>
    </form>
  );
}
