import type { Language } from "../_language/language.ts";
import type { SignedInSession } from "../bridge.ts";
import { texts } from "./texts.ts";

type TripStep = SignedInSession["trip"][number];
type Lane = TripStep["from"];

const order = ["browser", "trpc", "engine"] as const satisfies Lane[];

/** What the sign-in did, drawn as a sequence diagram and written as a list. No value in it is a secret. */
export function Trip({ steps, language }: { steps: readonly TripStep[]; language: Language }) {
  const words = texts[language];
  if (steps.length === 0) return null;
  return (
    <section aria-labelledby="trip" className="mt-16 sm:mt-20">
      <h2 id="trip" className="text-head">
        {words.trip}
      </h2>
      <p className="mt-3 max-w-prose text-soft">{words.tripIntroduction}</p>
      <ul aria-hidden="true" className="trip-heads mt-8">
        {order.map((lane) => (
          <li key={lane}>{words.lanes[lane]}</li>
        ))}
      </ul>
      <ol className="trip">
        {steps.map((step) => (
          <Step key={`${step.from} ${step.to} ${step.title}`} step={step} language={language} />
        ))}
      </ol>
    </section>
  );
}

function Step({ step, language }: { step: TripStep; language: Language }) {
  const { title, detail } = step;
  return (
    <li>
      <div className="trip-arrow" aria-hidden="true" {...drawing(step)} />
      <div className="trip-words">
        <h3 className="text-xl">{texts[language].step(title)}</h3>
        <p className="text-fine text-soft">{circumstances(step, language)}</p>
        {detail.length > 0 && (
          <dl className="printed mt-2 grid grid-cols-[repeat(auto-fill,minmax(min(11rem,100%),1fr))] gap-x-6 gap-y-2">
            {detail.map(({ name, value }) => (
              <div key={name} className="min-w-0">
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        )}
      </div>
    </li>
  );
}

function circumstances({ from, to, durationMs, resultCode }: TripStep, language: Language): string {
  const { lanes, inLane, fromTo, result, comma } = texts[language];
  return [
    from === to ? inLane(lanes[from]) : fromTo(lanes[from], lanes[to]),
    ...(durationMs > 0 ? [`${durationMs.toFixed(1)} ms`] : []),
    ...(resultCode === undefined ? [] : [result(resultCode)]),
  ].join(comma);
}

/** Which lanes an arrow spans, and where its head is: the stylesheet does the rest, without inline styles. */
function drawing({ from, to }: TripStep): { "data-heads": string; "data-lanes": string } {
  const [start, end] = [order.indexOf(from), order.indexOf(to)];
  if (start === end) return { "data-heads": "none", "data-lanes": from };
  const near = Math.min(start, end) === 0;
  const lanes = Math.abs(start - end) === 2 ? "all" : near ? "near" : "far";
  return { "data-heads": end > start ? "right" : "left", "data-lanes": lanes };
}
