import type { Metadata, Route } from "next";
import { redirect } from "next/navigation";
import { interactionPath } from "../../../../server/http/interaction-path.ts";
import { earlierConsent, waitingRequest } from "../../../_bridge/authorization-request.ts";
import { requestLanguage } from "../../../_language/request-language.ts";
import { Ticket } from "../../../_parts/ticket.tsx";
import { ClientMark } from "../../_request/client-mark.tsx";
import { DeliberateClicks } from "../../_request/deliberate-clicks.tsx";
import { Decision } from "./decision.tsx";
import { DetailList } from "./detail-list.tsx";
import { Lifetime } from "./lifetime.tsx";
import { ScopeList } from "./scope-list.tsx";
import { texts } from "./texts.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: texts[await requestLanguage()].title };
}

/** Where a person decides what an application gets. */
export default async function ConsentPage({ params }: PageProps<"/consent/[handle]">) {
  const { handle } = await params;
  const request = await waitingRequest(handle);
  if (request?.step.step !== "decide") redirect(interactionPath(handle) as Route);
  const { signedIn } = request.step;
  const consent = await earlierConsent(request, signedIn.subject);
  if (!consent.asked) redirect(interactionPath(handle) as Route);
  const { document } = request;
  const { client } = document;
  const language = await requestLanguage();
  const words = texts[language];
  return (
    <div className="mx-auto max-w-2xl">
      <DeliberateClicks />
      <Ticket
        rosette="body"
        stub={<Decision handle={handle} request={request} person={signedIn} language={language} />}
      >
        <ClientMark client={client}>
          <h1 className="text-head">{words.asks(client.name)}</h1>
        </ClientMark>
        {document.purpose !== undefined && (
          <p className="mt-5 border-gate border-l-4 pl-4 [overflow-wrap:anywhere]">
            {words.purpose(client.name)} <q>{document.purpose}</q>
          </p>
        )}
        <ScopeList document={document} granted={consent.granted} language={language} />
        <DetailList details={document.details} language={language} />
        <Lifetime document={document} language={language} />
      </Ticket>
    </div>
  );
}
