import type { Ref } from "react";
import { type Fault, shownAdvice } from "./fault.ts";

/**
 * A failure where it happened. It is announced when it appears.
 *
 * @param props.id what the fields that it is about refer to.
 */
export function FaultNotice({ id, fault, ref }: { id: string; fault: Fault; ref?: Ref<HTMLDivElement> }) {
  return (
    <div id={id} ref={ref} role="alert" tabIndex={-1} className="notice">
      <p className="font-bold">{fault.text}</p>
      <p>{shownAdvice(fault)}</p>
      {fault.correlationId !== undefined && (
        <p className="mt-1 text-fine">
          Correlation id: <code className="[overflow-wrap:anywhere]">{fault.correlationId}</code>
        </p>
      )}
    </div>
  );
}
