import type { Language } from "../_language/language.ts";
import { texts } from "./second-factor-texts.ts";

/** Recovery codes, the one time that they are shown. */
export function RecoveryCodeList({ codes, language }: { codes: readonly string[]; language: Language }) {
  const words = texts[language];
  return (
    <>
      <p className="mb-5 text-lead text-soft">{words.codesText}</p>
      <ol className="marker:text-soft sm:list-decimal sm:pl-[2.4em]">
        {codes.map((code) => (
          <li key={code} className="border-rule border-b py-[0.35rem] last:border-b-0">
            <code className="text-[0.82rem] sm:text-base">{code}</code>
          </li>
        ))}
      </ol>
    </>
  );
}
