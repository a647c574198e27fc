import Link from "next/link";
import type { Language } from "../_language/language.ts";
import { Printed } from "../_parts/printed.tsx";
import { Ticket } from "../_parts/ticket.tsx";
import { DeveloperLinks } from "./developer-links.tsx";
import { texts } from "./texts.ts";

/** The first page for somebody who is not signed in: what this is, and the way in. */
export function SignedOut({ language }: { language: Language }) {
  const words = texts[language];
  return (
    <>
      <Ticket
        wide
        rosette="stub"
        stub={<Printed className="grid-cols-2 min-[56rem]:grid-cols-1" items={words.journey} />}
      >
        <h1 className="max-w-[11ch] text-sign">{words.slogan}</h1>
        <p className="mt-6 max-w-[34rem] text-lead text-soft">{words.what}</p>
        <p className="mt-8">
          <Link href="/login" className="button">
            {words.signIn}
          </Link>
        </p>
      </Ticket>
      <section aria-labelledby="how" className="mt-16 sm:mt-20">
        <h2 id="how" className="text-head">
          {words.how}
        </h2>
        <ol className="route mt-8 grid gap-10 lg:gap-0">
          {words.stops.map(({ title, text }) => (
            <li key={title}>
              <h3 className="text-xl">{title}</h3>
              <p className="mt-1 max-w-[22rem] text-soft">{text}</p>
            </li>
          ))}
        </ol>
      </section>
      <DeveloperLinks language={language} />
    </>
  );
}
