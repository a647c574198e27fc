import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getServices } from "../../../server/services.ts";
import { momentText } from "../../_language/moment.ts";
import { requestLanguage } from "../../_language/request-language.ts";
import { Printed } from "../../_parts/printed.tsx";
import { Ticket } from "../../_parts/ticket.tsx";
import { texts } from "./texts.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: texts[await requestLanguage()].title };
}

/** The mail of a development checkout. In production, and where mail is sent, there is nothing here. */
export default async function MailPage() {
  const { mailbox } = await getServices();
  if (!mailbox) notFound();
  const language = await requestLanguage();
  const words = texts[language];
  const mails = mailbox.mails();
  return (
    <div className="mx-auto grid max-w-2xl gap-8">
      <div>
        <h1 className="text-sign">{words.title}</h1>
        <p className="mt-4 text-lead text-soft">{mails.length === 0 ? words.none : words.intro}</p>
      </div>
      {mails.map(({ to, subject, text, at }) => (
        <Ticket
          key={`${at} ${to} ${subject}`}
          rosette="stub"
          stub={
            <Printed
              className="sm:grid-cols-2"
              items={[
                { label: words.to, value: to },
                { label: words.at, value: momentText(language, new Date(at)) },
              ]}
            />
          }
        >
          <h2 className="mb-5 text-head">{subject}</h2>
          <MailText text={text} />
        </Ticket>
      ))}
    </div>
  );
}

/** The paragraphs of a mail. A link stands in one of its own. */
function MailText({ text }: { text: string }) {
  return (
    <div className="grid gap-4">
      {text
        .trim()
        .split("\n\n")
        .map((paragraph) => (
          <p key={paragraph} className="[overflow-wrap:anywhere]">
            {URL.canParse(paragraph) ? <a href={paragraph}>{paragraph}</a> : paragraph}
          </p>
        ))}
    </div>
  );
}
