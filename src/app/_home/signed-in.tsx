import Link from "next/link";
import type { Language } from "../_language/language.ts";
import { Printed } from "../_parts/printed.tsx";
import { SignOutForm } from "../_parts/sign-out-form.tsx";
import { Ticket } from "../_parts/ticket.tsx";
import type { SignedInSession } from "../bridge.ts";
import { SessionClock } from "./session-clock.tsx";
import { texts } from "./texts.ts";
import { Trip } from "./trip.tsx";

/**
 * The first page for somebody who is signed in: who they are, what the token allows, and how it came about.
 *
 * @param props.now milliseconds since the epoch on the server's clock, which is the one that counts.
 */
export function SignedIn({
  session,
  formToken,
  now,
  language,
}: {
  session: SignedInSession;
  formToken: string;
  now: number;
  language: Language;
}) {
  const words = texts[language];
  const { subject, username, name, clientId, scopes, expiresAt, sessionExpiresAt, trip } = session;
  return (
    <>
      <Ticket
        wide
        rosette="body"
        stub={
          <div className="flex h-full flex-col justify-between gap-8">
            <SessionClock key={now} expiresAt={expiresAt} sessionExpiresAt={sessionExpiresAt} now={now} />
            <SignOutForm formToken={formToken} label={words.signOut} className="button button-quiet w-full" />
          </div>
        }
      >
        <p className="text-lead text-soft">{words.signedIn}</p>
        <h1 className="mt-1 text-sign [overflow-wrap:anywhere]">{name}</h1>
        <Printed
          className="mt-8 sm:grid-cols-2"
          items={[
            { label: words.username, value: username },
            { label: words.subject, value: subject },
            { label: words.client, value: clientId },
            { label: words.scopes, value: scopes.length > 0 ? scopes.join(" ") : words.noScopes },
          ]}
        />
        <p className="mt-7">
          <Link href="/account">{words.account}</Link>
        </p>
      </Ticket>
      <Trip steps={trip} language={language} />
    </>
  );
}
