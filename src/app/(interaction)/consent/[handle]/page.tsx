import type { Metadata, Route } from "next";
import { redirect } from "next/navigation";
import { interactionPath } from "../../../../server/http/interaction-path.ts";
import { requestLanguage } from "../../../_language/request-language.ts";
import { Ticket } from "../../../_parts/ticket.tsx";
import { earlierConsent, makeDecisionToken, waitingRequest } from "../../../bridge.ts";
import { ClientLinks } from "../../_request/client-links.tsx";
import { ClientMark } from "../../_request/client-mark.tsx";
import { DecisionForm } from "../../_request/decision-form.tsx";
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
  const [language, allowToken, denyToken] = await Promise.all([
    requestLanguage(),
    makeDecisionToken(request, "allow", signedIn.subject),
    makeDecisionToken(request, "deny"),
  ]);
  const words = texts[language];
  return (
    <div className="mx-auto max-w-2xl">
      <Ticket
        rosette="body"
        stub={
          <div className="grid gap-6">
            <p>
              {words.signedInAs} <strong className="[overflow-wrap:anywhere]">{signedIn.name}</strong>{" "}
              <span className="text-soft">({signedIn.username})</span>
            </p>
            <div className="grid gap-4 sm:grid-cols-2">
              <DecisionForm handle={handle} formToken={allowToken} decision="allow">
                {words.allow}
              </DecisionForm>
              <DecisionForm handle={handle} formToken={denyToken} decision="deny" quiet>
                {words.deny}
              </DecisionForm>
            </div>
            <ClientLinks client={client} language={language} />
          </div>
        }
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
