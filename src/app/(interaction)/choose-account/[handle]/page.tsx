import type { Metadata, Route } from "next";
import { redirect } from "next/navigation";
import { interactionPath } from "../../../../server/http/interaction-path.ts";
import { makeDecisionToken, waitingRequest } from "../../../_bridge/authorization-request.ts";
import { requestLanguage } from "../../../_language/request-language.ts";
import { Printed } from "../../../_parts/printed.tsx";
import { Ticket } from "../../../_parts/ticket.tsx";
import { CancelRequest } from "../../_request/cancel-request.tsx";
import { ClientMark } from "../../_request/client-mark.tsx";
import { DecisionForm } from "../../_request/decision-form.tsx";
import { texts } from "./texts.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: texts[await requestLanguage()].title };
}

/** Where a person says as whom to go on (`prompt=select_account`). */
export default async function ChooseAccountPage({ params }: PageProps<"/choose-account/[handle]">) {
  const { handle } = await params;
  const request = await waitingRequest(handle);
  if (request?.step.step !== "choose-account") redirect(interactionPath(handle) as Route);
  const { client } = request.document;
  const { name, username, subject } = request.step.signedIn;
  const [language, chooseToken] = await Promise.all([
    requestLanguage(),
    makeDecisionToken(request, "continue", subject),
  ]);
  const words = texts[language];
  return (
    <div className="mx-auto max-w-md">
      <Ticket rosette="stub" stub={<CancelRequest handle={handle} request={request} language={language} />}>
        <h1 className="text-head">{words.title}</h1>
        <div className="mt-4 mb-7">
          <ClientMark client={client}>
            <p className="text-soft">{words.lead(client.name)}</p>
          </ClientMark>
        </div>
        <Printed items={[{ label: words.signedInAs, value: `${name} (${username})` }]} />
        <div className="mt-7 grid gap-4">
          <DecisionForm handle={handle} formToken={chooseToken} decision="continue">
            {words.continueAs(name)}
          </DecisionForm>
          <a
            href={`/login?${new URLSearchParams({ next: interactionPath(handle) })}`}
            className="button button-quiet w-full"
          >
            {words.another}
          </a>
        </div>
      </Ticket>
    </div>
  );
}
