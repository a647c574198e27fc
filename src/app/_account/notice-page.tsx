import type { ReactNode } from "react";
import { Ticket } from "../_parts/ticket.tsx";

/**
 * A page that says what happened and what comes next.
 *
 * @param props.children what to do now.
 */
export function NoticePage({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  return (
    <div className="mx-auto max-w-xl">
      <Ticket
        rosette="body"
        stub={<div className="flex flex-wrap items-center gap-x-6 gap-y-4">{children}</div>}
      >
        <h1 className="text-head">{title}</h1>
        <p className="mt-5 text-lead text-soft">{text}</p>
      </Ticket>
    </div>
  );
}
