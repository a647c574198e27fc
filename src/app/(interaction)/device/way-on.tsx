import Link from "next/link";
import type { Language } from "../../_language/language.ts";
import { Ticket } from "../../_parts/ticket.tsx";
import { texts } from "./texts.ts";

/** Says how it stands with a device, and offers what can be done next. */
export function WayOn({ said, language }: { said: { text: string; advice: string }; language: Language }) {
  const words = texts[language];
  return (
    <div className="mx-auto max-w-2xl">
      <Ticket
        rosette="body"
        stub={
          <div className="flex flex-wrap gap-4">
            <Link href="/device" className="button">
              {words.otherCode}
            </Link>
            <Link href="/" className="button button-quiet">
              {words.toFirstPage}
            </Link>
          </div>
        }
      >
        <h1 className="text-sign">{said.text}</h1>
        <p className="mt-5 max-w-prose text-lead text-soft [overflow-wrap:anywhere]">{said.advice}</p>
      </Ticket>
    </div>
  );
}
