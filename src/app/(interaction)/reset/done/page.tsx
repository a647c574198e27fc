import type { Metadata } from "next";
import Link from "next/link";
import { NoticePage } from "../../../_account/notice-page.tsx";
import { requestLanguage } from "../../../_language/request-language.ts";
import { texts } from "../texts.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: texts[await requestLanguage()].doneTitle };
}

/** After a new password was chosen. */
export default async function ResetDonePage() {
  const { doneTitle, doneText, toLogin } = texts[await requestLanguage()];
  return (
    <NoticePage title={doneTitle} text={doneText}>
      <Link href="/login" className="button">
        {toLogin}
      </Link>
    </NoticePage>
  );
}
