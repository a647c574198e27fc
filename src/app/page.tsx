import { TicketgateProvider } from "../client/hooks/provider.tsx";
import { SignedIn } from "./_home/signed-in.tsx";
import { SignedOut } from "./_home/signed-out.tsx";
import { requestLanguage } from "./_language/request-language.ts";
import { currentSession, makeFormToken, serverTime } from "./bridge.ts";

/** The first page: the way in, or what the sign-in gave. */
export default async function HomePage() {
  const [session, language] = await Promise.all([currentSession(), requestLanguage()]);
  if (!session.signedIn) return <SignedOut language={language} />;
  const [formToken, now] = await Promise.all([makeFormToken("sign-out"), serverTime()]);
  return (
    <TicketgateProvider>
      <SignedIn session={session} formToken={formToken} now={now} language={language} />
    </TicketgateProvider>
  );
}
