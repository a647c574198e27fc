import { makeDecisionToken } from "../../_bridge/authorization-request.ts";
import type { Language } from "../../_language/language.ts";
import { DecisionForm } from "./decision-form.tsx";
import type { RequestedSignIn } from "./sign-in-for.ts";
import { texts } from "./texts.ts";

/** The way back to the application for whoever does not want to go on: it learns that access was denied. */
export async function CancelRequest({ handle, request, language }: RequestedSignIn & { language: Language }) {
  return (
    <DecisionForm handle={handle} formToken={await makeDecisionToken(request, "deny")} decision="deny" quiet>
      {texts[language].cancel(request.document.client.name)}
    </DecisionForm>
  );
}
