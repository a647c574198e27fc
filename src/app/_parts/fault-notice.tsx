import type { Ref } from "react";

/** What is shown of a failure: texts of the catalogue only. */
export type Fault = { text: string; advice: string; correlationId?: string | undefined };

/**
 * A failure where it happened. It is announced when it appears.
 *
 * @param props.id what the fields that it is about refer to.
 */
export function FaultNotice({ id, fault, ref }: { id: string; fault: Fault; ref?: Ref<HTMLDivElement> }) {
  return (
    <div id={id} ref={ref} role="alert" tabIndex={-1} className="notice">
      <p className="font-bold">{fault.text}</p>
      <p>{fault.advice}</p>
      {fault.correlationId !== undefined && (
        <p className="mt-1 text-fine">
          Correlation id: <code className="[overflow-wrap:anywhere]">{fault.correlationId}</code>
        </p>
      )}
    </div>
  );
}
