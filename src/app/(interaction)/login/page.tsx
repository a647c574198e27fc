import type { Metadata, Route } from "next";
import { redirect } from "next/navigation";
import { TicketgateProvider } from "../../../client/hooks/provider.tsx";
import { handleIn } from "../../../server/http/interaction-path.ts";
import { AccountLinks } from "../../_account/account-links.tsx";
import type { Language } from "../../_language/language.ts";
import { requestLanguage } from "../../_language/request-language.ts";
import { Printed } from "../../_parts/printed.tsx";
import { Ticket } from "../../_parts/ticket.tsx";
import {
  demoUser,
  isSignedIn,
  makeDecisionToken,
  makeFormToken,
  type WaitingRequest,
  waitingRequest,
} from "../../bridge.ts";
import { CancelRequest } from "../_request/cancel-request.tsx";
import { ClientLinks } from "../_request/client-links.tsx";
import { ClientMark } from "../_request/client-mark.tsx";
import { LoginForm } from "./login-form.tsx";
import { nextPath } from "./next-path.ts";
import { texts } from "./texts.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: texts[await requestLanguage()].title };
}

/** Where a person proves who they are. Somebody who is signed in is sent on. */
export default async function LoginPage({ searchParams }: PageProps<"/login">) {
  const next = nextPath((await searchParams).next);
  const handle = handleIn(next);
  const request = handle === undefined ? undefined : await waitingRequest(handle);
  if (!(await isWanted({ isForRequest: handle !== undefined, request }))) redirect(next as Route);
  const [formToken, demo, language] = await Promise.all([
    makeFormToken("login"),
    demoUser(),
    requestLanguage(),
  ]);
  const { title, assurance, goesOnTo } = texts[language];
  const client = request?.document.client;
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
          <LoginForm formToken={formToken} next={next} username={request?.document.loginHint} />
        </TicketgateProvider>
        {handle !== undefined && request && (
          <div className="mt-4">
            <CancelRequest
              handle={handle}
              client={request.document.client}
              formToken={await makeDecisionToken(request, "deny")}
              language={language}
            />
          </div>
        )}
        <AccountLinks next={next} language={language} />
      </Ticket>
    </div>
  );
}

/** For an application's request a sign-in may be wanted although somebody is signed in: a fresh one, or somebody else's. */
async function isWanted({
  isForRequest,
  request,
}: {
  isForRequest: boolean;
  request: WaitingRequest | undefined;
}): Promise<boolean> {
  if (!isForRequest) return !(await isSignedIn());
  return request !== undefined && ["sign-in", "register", "choose-account"].includes(request.step.step);
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
