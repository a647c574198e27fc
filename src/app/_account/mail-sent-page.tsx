import Link from "next/link";
import type { Language } from "../_language/language.ts";
import { requestLanguage } from "../_language/request-language.ts";
import { DevelopmentMailLink } from "./development-mail-link.tsx";
import { NoticePage } from "./notice-page.tsx";

type Words = { sentTitle: string; sentText: string; toLogin: string };

/** After a form that mails a link: the same for every address, whether or not anything was mailed. */
export async function MailSentPage({ texts }: { texts: Record<Language, Words> }) {
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
