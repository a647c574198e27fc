import Link from "next/link";
import type { ReactNode } from "react";
import { type Fault, shownAdvice } from "./fault.ts";
import { Printed } from "./printed.tsx";
import { Ticket } from "./ticket.tsx";

/**
 * A page that says what went wrong and what to do: not found, problem, error.
 *
 * @param props.printed what else to print beside the correlation id.
 */
export function FaultPage({
  fault,
  printed = [],
  children,
}: {
  fault: Fault;
  printed?: readonly { label: string; value: string }[];
  children?: ReactNode;
}) {
  const { text, correlationId } = fault;
  const items =
    correlationId === undefined ? printed : [...printed, { label: "Correlation id", value: correlationId }];
  return (
    <div className="mx-auto max-w-2xl">
      <Ticket
        rosette="body"
        stub={
          <div className="flex flex-wrap items-end justify-between gap-6">
            {items.length > 0 && <Printed items={items} />}
            <div className="flex flex-wrap gap-4">
              {children}
              <Link href="/" className="button button-quiet">
                To the first page
              </Link>
            </div>
          </div>
        }
      >
        <h1 className="text-sign">{text}</h1>
        <p className="mt-5 max-w-prose text-lead text-soft">{shownAdvice(fault)}</p>
      </Ticket>
    </div>
  );
}
