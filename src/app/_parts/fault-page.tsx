import Link from "next/link";
import type { ReactNode } from "react";
import { Printed } from "./printed.tsx";
import { Ticket } from "./ticket.tsx";

/** A page that says what went wrong and what to do: not found, problem, error. */
export function FaultPage({
  title,
  advice,
  printed = [],
  children,
}: {
  title: string;
  advice: string;
  printed?: readonly { label: string; value: string }[];
  children?: ReactNode;
}) {
  return (
    <div className="mx-auto max-w-2xl">
      <Ticket
        rosette="body"
        stub={
          <div className="flex flex-wrap items-end justify-between gap-6">
            {printed.length > 0 && <Printed items={printed} />}
            <div className="flex flex-wrap gap-4">
              {children}
              <Link href="/" className="button button-quiet">
                To the first page
              </Link>
            </div>
          </div>
        }
      >
        <h1 className="text-sign">{title}</h1>
        <p className="mt-5 max-w-prose text-lead text-soft">{advice}</p>
      </Ticket>
    </div>
  );
}
