import type { Metadata, Route } from "next";
import { redirect } from "next/navigation";
import { TicketgateProvider } from "../../../client/hooks/provider.tsx";
import { Printed } from "../../_parts/printed.tsx";
import { Ticket } from "../../_parts/ticket.tsx";
import { demoUser, isSignedIn, makeFormToken } from "../../bridge.ts";
import { LoginForm } from "./login-form.tsx";
import { nextPath } from "./next-path.ts";

export const metadata: Metadata = { title: "Sign in" };

/** Where a person proves who they are. Somebody who is signed in is sent on. */
export default async function LoginPage({ searchParams }: PageProps<"/login">) {
  const next = nextPath((await searchParams).next);
  if (await isSignedIn()) redirect(next as Route);
  const [formToken, demo] = await Promise.all([makeFormToken("login"), demoUser()]);
  return (
    <div className="mx-auto max-w-md">
      <Ticket rosette="body" stub={demo ? <DemoUser {...demo} /> : <Assurance />}>
        <h1 className="mb-7 text-sign">Sign in</h1>
        <TicketgateProvider>
          <LoginForm formToken={formToken} next={next} />
        </TicketgateProvider>
      </Ticket>
    </div>
  );
}

function DemoUser({ username, password }: { username: string; password: string }) {
  return (
    <>
      <p className="mb-3 text-soft">This is a development checkout. Its demo user:</p>
      <Printed
        className="grid-cols-2"
        items={[
          { label: "User name", value: username },
          { label: "Password", value: password },
        ]}
      />
    </>
  );
}

function Assurance() {
  return (
    <p className="text-soft">
      Your password goes to this server and nowhere else. What the engine gives in return stays there.
    </p>
  );
}
