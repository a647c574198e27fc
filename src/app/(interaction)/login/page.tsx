import type { Metadata, Route } from "next";
import { redirect } from "next/navigation";
import { TicketgateProvider } from "../../../client/hooks/provider.tsx";
import type { Language } from "../../_language/language.ts";
import { requestLanguage } from "../../_language/request-language.ts";
import { Printed } from "../../_parts/printed.tsx";
import { Ticket } from "../../_parts/ticket.tsx";
import { demoUser, isSignedIn, makeFormToken } from "../../bridge.ts";
import { LoginForm } from "./login-form.tsx";
import { nextPath } from "./next-path.ts";
import { texts } from "./texts.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: texts[await requestLanguage()].title };
}

/** Where a person proves who they are. Somebody who is signed in is sent on. */
export default async function LoginPage({ searchParams }: PageProps<"/login">) {
  const next = nextPath((await searchParams).next);
  if (await isSignedIn()) redirect(next as Route);
  const [formToken, demo, language] = await Promise.all([
    makeFormToken("login"),
    demoUser(),
    requestLanguage(),
  ]);
  const { title, assurance } = texts[language];
  return (
    <div className="mx-auto max-w-md">
      <Ticket
        rosette="body"
        stub={demo ? <DemoUser {...demo} language={language} /> : <p className="text-soft">{assurance}</p>}
      >
        <h1 className="mb-7 text-sign">{title}</h1>
        <TicketgateProvider>
          <LoginForm formToken={formToken} next={next} />
        </TicketgateProvider>
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
