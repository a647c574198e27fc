import { TicketgateProvider } from "../client/hooks/provider.tsx";
import { SignedIn } from "./_home/signed-in.tsx";
import { SignedOut } from "./_home/signed-out.tsx";
import { currentSession, makeFormToken, serverTime } from "./bridge.ts";

/** The first page: the way in, or what the sign-in gave. */
export default async function HomePage() {
  const session = await currentSession();
  if (!session.signedIn) return <SignedOut />;
  const [formToken, now] = await Promise.all([makeFormToken("sign-out"), serverTime()]);
  return (
    <TicketgateProvider>
      <SignedIn session={session} formToken={formToken} now={now} />
    </TicketgateProvider>
  );
}
