import type { Metadata, Route } from "next";
import { redirect } from "next/navigation";
import { waitingBackchannelRequests } from "../../_bridge/backchannel.ts";
import { momentText } from "../../_language/moment.ts";
import { requestLanguage } from "../../_language/request-language.ts";
import { Ticket } from "../../_parts/ticket.tsx";
import { makeFormToken } from "../../bridge.ts";
import { ClientLinks } from "../_request/client-links.tsx";
import { ClientMark } from "../_request/client-mark.tsx";
import { DeliberateClicks } from "../_request/deliberate-clicks.tsx";
import { DetailList } from "../consent/[handle]/detail-list.tsx";
import { ScopeList } from "../consent/[handle]/scope-list.tsx";
import { DecisionForm } from "./decision-form.tsx";
import { isNotice, type Notice, texts } from "./texts.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: texts[await requestLanguage()].title };
}

/**
 * Where a person decides what an application asked for on another device (CIBA Core 8), one request after the other, the oldest first.
 */
export default async function BackchannelPage({ searchParams }: PageProps<"/ciba">) {
  const [{ notice }, language, waiting] = await Promise.all([
    searchParams,
    requestLanguage(),
    waitingBackchannelRequests(),
  ]);
  if (!waiting) redirect("/login?next=/ciba" as Route);
  const words = texts[language];
  const said = isNotice(notice) ? <NoticeLine text={words.notice[notice]} kind={notice} /> : null;
  const [request, ...others] = waiting.requests;
  if (!request) return <NothingWaits words={words} notice={said} />;
  const { id, document, createdAt } = request;
  const { client, bindingMessage } = document;
  const [allowToken, denyToken] = await Promise.all([
    makeFormToken(`backchannel ${id}`),
    makeFormToken(`backchannel ${id}`),
  ]);
  return (
    <div className="mx-auto max-w-2xl">
      {said}
      <DeliberateClicks />
      <Ticket
        rosette="body"
        stub={
          <div className="grid gap-6">
            <p>
              {words.signedInAs} <strong className="[overflow-wrap:anywhere]">{waiting.signedIn.name}</strong>{" "}
              <span className="text-soft">({waiting.signedIn.username})</span>
            </p>
            <div className="grid gap-4 sm:grid-cols-2">
              <DecisionForm id={id} formToken={allowToken} decision="allow">
                {words.allow}
              </DecisionForm>
              <DecisionForm id={id} formToken={denyToken} decision="deny">
                {words.deny}
              </DecisionForm>
            </div>
            <ClientLinks client={client} language={language} />
            {others.length > 0 && <p className="text-soft">{words.more(others.length)}</p>}
          </div>
        }
      >
        <ClientMark client={client}>
          <h1 className="text-head">{words.asks(client.name)}</h1>
          <p className="mt-1 text-soft">{words.askedAt(momentText(language, new Date(createdAt)))}</p>
        </ClientMark>
        {bindingMessage !== undefined && (
          <p className="mt-5 border-gate border-l-4 pl-4">
            <span className="block text-soft">{words.message}</span>
            <strong className="text-lead [overflow-wrap:anywhere]">{bindingMessage}</strong>
          </p>
        )}
        <p className="mt-5 font-bold">{bindingMessage === undefined ? words.onlyYours : words.compare}</p>
        <ScopeList document={{ ...document, namedClaims: [] }} granted={undefined} language={language} />
        <DetailList details={document.details} language={language} />
      </Ticket>
    </div>
  );
}

type Words = (typeof texts)[keyof typeof texts];

function NothingWaits({ words, notice }: { words: Words; notice: React.ReactNode }) {
  return (
    <div className="mx-auto max-w-md">
      {notice}
      <Ticket
        rosette="stub"
        stub={
          <a href="/ciba" className="button button-quiet w-full">
            {words.again}
          </a>
        }
      >
        <h1 className="text-head">{words.nothing}</h1>
        <p className="mt-4 text-soft">{words.nothingLead}</p>
      </Ticket>
    </div>
  );
}

/** How the decision before ended: said at once, and announced. */
function NoticeLine({ text, kind }: { text: string; kind: Notice }) {
  if (kind === "gone") {
    return (
      <p role="alert" className="notice mb-7 font-bold">
        {text}
      </p>
    );
  }
  return (
    <p role="status" className="mb-7 border-gate border-l-[6px] bg-wash px-[1.1rem] py-[0.9rem] font-bold">
      {text}
    </p>
  );
}
