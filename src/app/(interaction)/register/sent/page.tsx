import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { offersOf } from "../../../../server/flow/account/self-service.ts";
import { getServices } from "../../../../server/services.ts";
import { DevelopmentMailLink } from "../../../_account/development-mail-link.tsx";
import { NoticePage } from "../../../_account/notice-page.tsx";
import { requestLanguage } from "../../../_language/request-language.ts";
import { texts } from "../texts.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: texts[await requestLanguage()].sentTitle };
}

/** After a registration form: the same for every address. */
export default async function RegistrationSentPage() {
  if (!offersOf(await getServices()).registration) notFound();
  const language = await requestLanguage();
  const { sentTitle, sentText, toLogin } = texts[language];
  return (
    <NoticePage title={sentTitle} text={sentText}>
      <Link href="/login" className="button button-quiet">
        {toLogin}
      </Link>
      <DevelopmentMailLink language={language} />
    </NoticePage>
  );
}
