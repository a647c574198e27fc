import type { Language } from "../_language/language.ts";
import { texts } from "./second-factor-texts.ts";

/** Recovery codes, the one time that they are shown. */
export function RecoveryCodeList({ codes, language }: { codes: readonly string[]; language: Language }) {
  const words = texts[language];
  return (
    <>
      <p className="mb-5 text-lead text-soft">{words.codesText}</p>
      <ol className="list-decimal pl-[2.4em] marker:text-soft">
        {codes.map((code) => (
          <li key={code} className="border-rule border-b py-[0.35rem] last:border-b-0">
            <code className="whitespace-nowrap">{code}</code>
          </li>
        ))}
      </ol>
    </>
  );
}
