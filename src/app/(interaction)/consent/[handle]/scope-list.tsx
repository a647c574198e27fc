import type { Granted } from "../../../../server/flow/authorization/consent.ts";
import type { Language } from "../../../_language/language.ts";
import { type Asking, askedItems } from "./asked-items.ts";
import { texts } from "./texts.ts";

/**
 * What the application asks for, in plain words. Whoever granted some of it before sees what is new.
 *
 * @param props.granted what was granted before; `undefined`: nothing.
 */
export function ScopeList({
  document,
  granted,
  language,
}: {
  document: Asking;
  granted: Granted;
  language: Language;
}) {
  const words = texts[language];
  const items = askedItems(document, { granted, language });
  return (
    <section aria-labelledby="asked" className="mt-7">
      <h2 id="asked" className="font-bold text-lead">
        {items.length > 0 ? words.asked : words.nothingAsked}
      </h2>
      <ul className="mt-3 grid gap-3">
        {items.map(({ key, title, explanation, isNew }) => (
          <li key={key} className="grid grid-cols-[auto_1fr] gap-x-3 border-rule border-t pt-3">
            <span aria-hidden="true" className="mt-[0.55em] size-2.5 rounded-full bg-gate" />
            <div className="min-w-0 [overflow-wrap:anywhere]">
              <p className="font-bold">
                {title}
                {isNew && (
                  <span className="ml-2 border-2 border-stamp px-1.5 text-fine text-stamp">
                    {words.isNew}
                  </span>
                )}
              </p>
              {explanation !== undefined && <p className="text-soft">{explanation}</p>}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
