import type { Metadata } from "next";
import Link from "next/link";
import { logoutQuestion } from "../../_bridge/logout.ts";
import { requestLanguage } from "../../_language/request-language.ts";
import { SignOutForm } from "../../_parts/sign-out-form.tsx";
import { Ticket } from "../../_parts/ticket.tsx";
import { currentSession, makeFormToken } from "../../bridge.ts";
import { texts } from "./texts.ts";
import { WayBack } from "./way-back.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: texts[await requestLanguage()].title };
}

/** Asks whether somebody wants to sign out, because an application asks for it or because they came here. */
export default async function LogoutPage({ searchParams }: PageProps<"/logout">) {
  const { question: sealed } = await searchParams;
  const [session, question, language, formToken] = await Promise.all([
    currentSession(),
    logoutQuestion(sealed),
    requestLanguage(),
    makeFormToken("sign-out"),
  ]);
  const words = texts[language];
  if (!session.signedIn) {
    return (
      <div className="mx-auto max-w-2xl">
        <Ticket rosette="body" stub={<WayBack {...question} language={language} />}>
          <h1 className="text-sign">{words.nobody}</h1>
          <p className="mt-5 max-w-prose text-lead text-soft">{words.nobodyAdvice}</p>
        </Ticket>
      </div>
    );
  }
  return (
    <div className="mx-auto max-w-2xl">
      <Ticket
        rosette="body"
        stub={
          <div className="flex flex-wrap gap-4">
            <SignOutForm
              formToken={formToken}
              question={question && typeof sealed === "string" ? sealed : undefined}
              label={words.signOut}
              className="button"
            />
            <Link href="/" className="button button-quiet">
              {words.stay}
            </Link>
          </div>
        }
      >
        <h1 className="text-sign">{words.ask}</h1>
        <p className="mt-5 max-w-prose text-lead [overflow-wrap:anywhere]">
          {question?.clientName === undefined ? words.who(session.name) : words.client(question.clientName)}
        </p>
        {question?.clientName !== undefined && (
          <p className="mt-2 max-w-prose text-soft [overflow-wrap:anywhere]">{words.who(session.name)}</p>
        )}
        <p className="mt-2 max-w-prose text-soft">{words.effect}</p>
      </Ticket>
    </div>
  );
}
