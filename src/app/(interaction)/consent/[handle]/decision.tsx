import { makeDecisionToken, type WaitingRequest } from "../../../_bridge/authorization-request.ts";
import type { Language } from "../../../_language/language.ts";
import { ClientLinks } from "../../_request/client-links.tsx";
import { DecisionForm } from "../../_request/decision-form.tsx";
import { texts } from "./texts.ts";

/**
 * The stub of the consent page: who decides, and the two answers.
 *
 * @param props.person who is signed in; the form that agrees is theirs alone.
 */
export async function Decision({
  handle,
  request,
  person,
  language,
}: {
  handle: string;
  request: WaitingRequest;
  person: { subject: string; name: string; username: string };
  language: Language;
}) {
  const words = texts[language];
  const [allowToken, denyToken] = await Promise.all([
    makeDecisionToken(request, "allow", person.subject),
    makeDecisionToken(request, "deny"),
  ]);
  return (
    <div className="grid gap-6">
      <p>
        {words.signedInAs} <strong className="[overflow-wrap:anywhere]">{person.name}</strong>{" "}
        <span className="text-soft">({person.username})</span>
      </p>
      <div className="grid gap-4 sm:grid-cols-2">
        <DecisionForm handle={handle} formToken={allowToken} decision="allow">
          {words.allow}
        </DecisionForm>
        <DecisionForm handle={handle} formToken={denyToken} decision="deny" quiet>
          {words.deny}
        </DecisionForm>
      </div>
      <ClientLinks client={request.document.client} language={language} />
    </div>
  );
}
