import { Printed } from "../_parts/printed.tsx";
import { Ticket } from "../_parts/ticket.tsx";
import type { SignedInSession } from "../bridge.ts";
import { SessionClock } from "./session-clock.tsx";
import { SignOutForm } from "./sign-out-form.tsx";
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
}: {
  session: SignedInSession;
  formToken: string;
  now: number;
}) {
  const { subject, username, name, clientId, scopes, expiresAt, sessionExpiresAt, trip } = session;
  return (
    <>
      <Ticket
        wide
        rosette="body"
        stub={
          <div className="flex h-full flex-col justify-between gap-8">
            <SessionClock key={now} expiresAt={expiresAt} sessionExpiresAt={sessionExpiresAt} now={now} />
            <SignOutForm formToken={formToken} />
          </div>
        }
      >
        <p className="text-lead text-soft">You are signed in, and this browser holds no token.</p>
        <h1 className="mt-1 text-sign [overflow-wrap:anywhere]">{name}</h1>
        <Printed
          className="mt-8 sm:grid-cols-2"
          items={[
            { label: "User name", value: username },
            { label: "Subject", value: subject },
            { label: "Client", value: clientId },
            { label: "Scopes", value: scopes.length > 0 ? scopes.join(" ") : "none" },
          ]}
        />
      </Ticket>
      <Trip steps={trip} />
    </>
  );
}
