import type { Metadata, Route } from "next";
import { redirect } from "next/navigation";
import { TicketgateProvider } from "../../../client/hooks/provider.tsx";
import { AccountLinks } from "../../_account/account-links.tsx";
import type { Language } from "../../_language/language.ts";
import { requestLanguage } from "../../_language/request-language.ts";
import { Printed } from "../../_parts/printed.tsx";
import { Ticket } from "../../_parts/ticket.tsx";
import { demoUser, makeFormToken } from "../../bridge.ts";
import { CancelRequest } from "../_request/cancel-request.tsx";
import { ClientLinks } from "../_request/client-links.tsx";
import { ClientMark } from "../_request/client-mark.tsx";
import { secondFactorIn } from "../_request/second-factor-for.ts";
import { signInFor } from "../_request/sign-in-for.ts";
import { LoginForm } from "./login-form.tsx";
import { nextPath } from "./next-path.ts";
import { texts } from "./texts.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: texts[await requestLanguage()].title };
}

/** Where a person proves who they are. Somebody who is signed in is sent on. */
export default async function LoginPage({ searchParams }: PageProps<"/login">) {
  const next = nextPath((await searchParams).next);
  const { wanted, requested } = await signInFor(next);
  if (!wanted) redirect(next as Route);
  const [formToken, demo, language] = await Promise.all([
    makeFormToken("login"),
    demoUser(),
    requestLanguage(),
  ]);
  const { title, assurance, goesOnTo } = texts[language];
  const document = requested?.request.document;
  const client = document?.client;
  return (
    <div className="mx-auto max-w-md">
      <Ticket
        rosette="body"
        stub={demo ? <DemoUser {...demo} language={language} /> : <p className="text-soft">{assurance}</p>}
      >
        <h1 className={client ? "mb-4 text-sign" : "mb-7 text-sign"}>{title}</h1>
        {client && (
          <div className="mb-7 grid gap-3">
            <ClientMark client={client}>
              <p className="text-lead text-soft">{goesOnTo(client.name)}</p>
            </ClientMark>
            <ClientLinks client={client} language={language} />
          </div>
        )}
        <TicketgateProvider>
          <LoginForm
            formToken={formToken}
            next={next}
            username={document?.loginHint}
            secondFactor={secondFactorIn(requested?.request)}
          />
        </TicketgateProvider>
        {requested && (
          <div className="mt-4">
            <CancelRequest {...requested} language={language} />
          </div>
        )}
        <AccountLinks next={next} language={language} />
      </Ticket>
    </div>
  );
}

function DemoUser({
  username,
  password,
  language,
}: {
  username: string;
  password: string;
  language: Language;
}) {
  const words = texts[language];
  return (
    <>
      <p className="mb-3 text-soft">{words.demoUser}</p>
      <Printed
        className="grid-cols-2"
        items={[
          { label: words.username, value: username },
          { label: words.password, value: password },
        ]}
      />
    </>
  );
}
