import type { ShownRequest } from "../../../../server/flow/authorization/request-document.ts";
import type { Language } from "../../../_language/language.ts";
import { Printed } from "../../../_parts/printed.tsx";
import { detailLines } from "./detail-lines.ts";
import { texts } from "./texts.ts";

/** Authorization details (RFC 9396), each as a list of labels and values. */
export function DetailList({ details, language }: { details: ShownRequest["details"]; language: Language }) {
  if (details.length === 0) return null;
  return (
    <section aria-labelledby="details" className="mt-7">
      <h2 id="details" className="font-bold text-lead">
        {texts[language].details}
      </h2>
      <ul className="mt-3 grid gap-4">
        {details.map((detail, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: details have no name of their own, and the list never changes.
          <li key={index} className="border-2 border-rule bg-wash p-4">
            <h3 className="mb-3 font-bold [overflow-wrap:anywhere]">{detail.type}</h3>
            <Printed className="sm:grid-cols-2" items={detailLines(detail, language)} />
          </li>
        ))}
      </ul>
    </section>
  );
}
