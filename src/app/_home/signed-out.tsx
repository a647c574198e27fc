import Link from "next/link";
import { Printed } from "../_parts/printed.tsx";
import { Ticket } from "../_parts/ticket.tsx";
import { DeveloperLinks } from "./developer-links.tsx";

const stops = [
  {
    title: "You sign in here",
    text: "The engine hands the server a ticket. This browser gets a handle that is good for one sign-in and nothing else.",
  },
  {
    title: "The server trades it",
    text: "token.issue checks that handle, browser and person belong together, then trades the ticket once.",
  },
  {
    title: "The token stays there",
    text: "Access and refresh token are sealed on the server. Back comes one cookie that scripts cannot read.",
  },
] as const;

/** The first page for somebody who is not signed in: what this is, and the way in. */
export function SignedOut() {
  return (
    <>
      <Ticket wide rosette="stub" stub={<Stub />}>
        <h1 className="max-w-[11ch] text-sign">Hand it a ticket, get a token.</h1>
        <p className="mt-6 max-w-[34rem] text-lead text-soft">
          Ticketgate is the gate between a web product and its OAuth engine. It signs people in, and no access
          token, ticket or engine credential ever reaches the browser.
        </p>
        <p className="mt-8">
          <Link href="/login" className="button">
            Sign in
          </Link>
        </p>
      </Ticket>
      <section aria-labelledby="how" className="mt-16 sm:mt-20">
        <h2 id="how" className="text-head">
          How it works
        </h2>
        <ol className="route mt-8 grid gap-10 lg:gap-0">
          {stops.map(({ title, text }) => (
            <li key={title}>
              <h3 className="text-xl">{title}</h3>
              <p className="mt-1 max-w-[22rem] text-soft">{text}</p>
            </li>
          ))}
        </ol>
      </section>
      <DeveloperLinks />
    </>
  );
}

function Stub() {
  return (
    <Printed
      className="grid-cols-2 min-[56rem]:grid-cols-1"
      items={[
        { label: "From", value: "your browser" },
        { label: "By way of", value: "token.issue" },
        { label: "To", value: "the engine" },
        { label: "Valid", value: "once, in this browser" },
      ]}
    />
  );
}
