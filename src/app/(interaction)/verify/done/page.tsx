import type { Metadata } from "next";
import Link from "next/link";
import { NoticePage } from "../../../_account/notice-page.tsx";
import { requestLanguage } from "../../../_language/request-language.ts";
import { texts } from "../texts.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: texts[await requestLanguage()].doneTitle };
}

/** After an address was verified. */
export default async function VerifiedPage() {
  const { doneTitle, doneText, toAccount } = texts[await requestLanguage()];
  return (
    <NoticePage title={doneTitle} text={doneText}>
      <Link href="/account" className="button">
        {toAccount}
      </Link>
    </NoticePage>
  );
}
