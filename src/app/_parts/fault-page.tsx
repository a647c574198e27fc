"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { useLanguage } from "../_language/language-context.tsx";
import { type Fault, shownFault } from "./fault.ts";
import { Printed } from "./printed.tsx";
import { texts } from "./texts.ts";
import { Ticket } from "./ticket.tsx";

/**
 * A page that says what went wrong and what to do, in the language of the page: not found, problem, error.
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
  const language = useLanguage();
  const words = texts[language];
  const { text, advice } = shownFault(fault, language);
  const { correlationId } = fault;
  const items =
    correlationId === undefined
      ? printed
      : [...printed, { label: words.correlationId, value: correlationId }];
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
                {words.toFirstPage}
              </Link>
            </div>
          </div>
        }
      >
        <h1 className="text-sign">{text}</h1>
        <p className="mt-5 max-w-prose text-lead text-soft">{advice}</p>
      </Ticket>
    </div>
  );
}
