import Link from "next/link";
import type { Language } from "../_language/language.ts";
import { onward, requestLanguage } from "../_language/request-language.ts";
import { loginPath } from "../(interaction)/login/login-path.ts";
import { DevelopmentMailLink } from "./development-mail-link.tsx";
import { NoticePage } from "./notice-page.tsx";

type Words = { sentTitle: string; sentText: string; toLogin: string };

/**
 * After a form that mails a link: the same for every address, whether or not anything was mailed.
 *
 * @param props.next where the sign-in leads on to; of `nextPath`.
 */
export async function MailSentPage({ texts, next = "/" }: { texts: Record<Language, Words>; next?: string }) {
  const language = await requestLanguage();
  const { sentTitle, sentText, toLogin } = texts[language];
  return (
    <NoticePage title={sentTitle} text={sentText}>
      <Link href={await onward(loginPath(next))} className="button button-quiet">
        {toLogin}
      </Link>
      <DevelopmentMailLink language={language} />
    </NoticePage>
  );
}
