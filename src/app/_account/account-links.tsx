import Link from "next/link";
import { offersOf } from "../../server/flow/account/self-service.ts";
import { getServices } from "../../server/services.ts";
import type { Language } from "../_language/language.ts";
import { onward } from "../_language/request-language.ts";
import { texts } from "./texts.ts";

/**
 * The ways out for somebody who cannot sign in, as far as this server offers them.
 *
 * @param props.next path to go on to once signed in.
 */
export async function AccountLinks({ next, language }: { next: string; language: Language }) {
  const { mail, registration } = offersOf(await getServices());
  if (!mail) return null;
  const { forgotten, register } = texts[language];
  const query = next === "/" ? "" : `?next=${encodeURIComponent(next)}`;
  return (
    <p className="mt-6 flex flex-wrap gap-x-6 gap-y-2">
      <Link href={await onward(`/reset${query}`)}>{forgotten}</Link>
      {registration && <Link href={await onward(`/register${query}`)}>{register}</Link>}
    </p>
  );
}
