"use client";

import type { Ref } from "react";
import { useLanguage } from "../_language/language-context.tsx";
import { type Fault, shownFault } from "./fault.ts";
import { texts } from "./texts.ts";

/**
 * A failure where it happened, in the language of the page. It is announced when it appears.
 *
 * @param props.id what the fields that it is about refer to.
 */
export function FaultNotice({ id, fault, ref }: { id: string; fault: Fault; ref?: Ref<HTMLDivElement> }) {
  const language = useLanguage();
  const { text, advice } = shownFault(fault, language);
  return (
    <div id={id} ref={ref} role="alert" tabIndex={-1} className="notice">
      <p className="font-bold">{text}</p>
      <p>{advice}</p>
      {fault.correlationId !== undefined && (
        <p className="mt-1 text-fine">
          {texts[language].correlationId}:{" "}
          <code className="[overflow-wrap:anywhere]">{fault.correlationId}</code>
        </p>
      )}
    </div>
  );
}
