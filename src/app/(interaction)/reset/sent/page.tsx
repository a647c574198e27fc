import type { Metadata } from "next";
import { MailSentPage } from "../../../_account/mail-sent-page.tsx";
import { requestLanguage } from "../../../_language/request-language.ts";
import { nextPath } from "../../login/next-path.ts";
import { texts } from "../texts.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: texts[await requestLanguage()].sentTitle };
}

export default async function ResetSentPage({ searchParams }: PageProps<"/reset/sent">) {
  return <MailSentPage texts={texts} next={nextPath((await searchParams).next)} />;
}
