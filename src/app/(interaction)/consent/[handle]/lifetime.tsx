import type { WaitingRequest } from "../../../_bridge/authorization-request.ts";
import type { Language } from "../../../_language/language.ts";
import { durationText } from "../../../_language/moment.ts";
import { texts } from "./texts.ts";

/** How long what is allowed will hold. */
export function Lifetime({
  document,
  language,
}: {
  document: WaitingRequest["document"];
  language: Language;
}) {
  const words = texts[language];
  const { accessSeconds, renewalSeconds } = document;
  return (
    <div className="mt-7 text-soft">
      {accessSeconds !== undefined && (
        <p>
          {words.lasts(durationText(language, accessSeconds))}{" "}
          {renewalSeconds !== undefined && words.renewed(durationText(language, renewalSeconds))}
        </p>
      )}
      {document.client.assured && document.details.length === 0 && <p>{words.takeBack}</p>}
    </div>
  );
}
