import type { Metadata } from "next";
import { requestLanguage } from "../../../_language/request-language.ts";
import { Ticket } from "../../../_parts/ticket.tsx";
import { logoutResult } from "../../../bridge.ts";
import { texts } from "../texts.ts";
import { WayBack } from "../way-back.tsx";
import { GoOn } from "./go-on.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: texts[await requestLanguage()].doneTitle };
}

/**
 * Says that somebody is signed out, has their browser tell the applications that want to hear of it there, and goes back to the one that
 * asked.
 *
 * @see OpenID Connect Front-Channel Logout 1.0, section 3
 */
export default async function SignedOutPage({ searchParams }: PageProps<"/logout/done">) {
  const { result: sealed } = await searchParams;
  const [result, language] = await Promise.all([logoutResult(sealed), requestLanguage()]);
  const words = texts[language];
  const { goOnTo, clientName, frames = [] } = result ?? {};
  return (
    <div className="mx-auto max-w-2xl">
      <Ticket rosette="body" stub={<WayBack goOnTo={goOnTo} clientName={clientName} language={language} />}>
        <h1 className="text-sign">{words.done}</h1>
        <p className="mt-5 max-w-prose text-lead text-soft">{words.doneAdvice}</p>
        {frames.length > 0 && <p className="mt-2 text-soft">{words.telling}</p>}
      </Ticket>
      {frames.map((frame) => (
        <iframe
          key={frame}
          src={frame}
          title={words.frame}
          className="sr-only"
          tabIndex={-1}
          sandbox="allow-scripts allow-same-origin"
          referrerPolicy="no-referrer"
        />
      ))}
      {goOnTo !== undefined && <GoOn to={goOnTo} waits={frames.length > 0} />}
    </div>
  );
}
