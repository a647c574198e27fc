import type { Metadata } from "next";
import { logoutResult } from "../../../_bridge/logout.ts";
import { requestLanguage } from "../../../_language/request-language.ts";
import { Ticket } from "../../../_parts/ticket.tsx";
import { currentSession, isSignedIn } from "../../../bridge.ts";
import { texts } from "../texts.ts";
import { WayBack } from "../way-back.tsx";
import { GoOn } from "./go-on.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const [signedIn, language] = await Promise.all([isSignedIn(), requestLanguage()]);
  const { stillTitle, doneTitle } = texts[language];
  return { title: signedIn ? stillTitle : doneTitle };
}

/**
 * Says that somebody is signed out, has their browser tell the applications that want to hear of it there, and goes back to the one that
 * asked. Anybody can link here, so somebody who is signed in is told that they are.
 *
 * @see OpenID Connect Front-Channel Logout 1.0, section 3
 */
export default async function SignedOutPage({ searchParams }: PageProps<"/logout/done">) {
  const { result: sealed } = await searchParams;
  const [session, result, language] = await Promise.all([
    currentSession(),
    logoutResult(sealed),
    requestLanguage(),
  ]);
  const words = texts[language];
  const { goOnTo, home, clientName, frames = [] } = result ?? {};
  return (
    <div className="mx-auto max-w-2xl">
      <Ticket
        rosette="body"
        stub={
          <WayBack
            goOnTo={goOnTo}
            home={home}
            clientName={clientName}
            language={language}
            signedIn={session.signedIn}
          />
        }
      >
        <h1 className="text-sign">{session.signedIn ? words.still : words.done}</h1>
        <p className="mt-5 max-w-prose text-lead text-soft [overflow-wrap:anywhere]">
          {session.signedIn ? words.who(session.name) : words.doneAdvice}
        </p>
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
