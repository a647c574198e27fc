import Link from "next/link";
import type { Language } from "../../_language/language.ts";
import { texts } from "./texts.ts";

/**
 * The ways on for somebody who is signed out; somebody who is signed in after all can sign out.
 *
 * @param props.goOnTo address that is registered for the application that asked.
 * @param props.home its home page: a way back where it proved nothing, so that nobody is sent anywhere.
 */
export function WayBack({
  clientName,
  goOnTo,
  home,
  language,
  signedIn = false,
}: {
  clientName?: string | undefined;
  goOnTo?: string | undefined;
  home?: string | undefined;
  language: Language;
  signedIn?: boolean;
}) {
  const words = texts[language];
  const back = goOnTo ?? home;
  return (
    <div className="flex flex-wrap gap-4">
      {back !== undefined && (
        <a href={back} rel="noreferrer" className="button [overflow-wrap:anywhere]">
          {clientName === undefined ? words.backToApplication : words.back(clientName)}
        </a>
      )}
      <Link
        href={signedIn ? "/logout" : "/login"}
        className={back === undefined ? "button" : "button button-quiet"}
      >
        {signedIn ? words.signOut : words.signIn}
      </Link>
      {goOnTo === undefined && (
        <Link href="/" className="button button-quiet">
          {words.toFirstPage}
        </Link>
      )}
    </div>
  );
}
