import type { Language } from "../../_language/language.ts";
import type { WaitingRequest } from "../../bridge.ts";
import { DecisionForm } from "./decision-form.tsx";
import { texts } from "./texts.ts";

/**
 * The way back to the application for whoever does not want to go on: it learns that access was denied.
 *
 * @param props.formToken of `makeDecisionToken` for nobody in particular.
 */
export function CancelRequest({
  handle,
  client,
  formToken,
  language,
}: {
  handle: string;
  client: WaitingRequest["document"]["client"];
  formToken: string;
  language: Language;
}) {
  return (
    <DecisionForm handle={handle} formToken={formToken} decision="deny" quiet>
      {texts[language].cancel(client.name)}
    </DecisionForm>
  );
}
