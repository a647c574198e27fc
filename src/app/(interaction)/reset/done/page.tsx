import type { Metadata } from "next";
import Link from "next/link";
import { NoticePage } from "../../../_account/notice-page.tsx";
import { onward, requestLanguage } from "../../../_language/request-language.ts";
import { loginPath } from "../../login/login-path.ts";
import { texts } from "../texts.ts";
import { wayOn } from "./way-on.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: texts[await requestLanguage()].doneTitle };
}

/** After a new password was chosen: on to the sign-in, and with it to the application that waits for it at this browser. */
export default async function ResetDonePage({ searchParams }: PageProps<"/reset/done">) {
  const [language, { request }] = await Promise.all([requestLanguage(), searchParams]);
  const { doneTitle, doneText, toLogin, toLoginFor } = texts[language];
  const { next, client } = await wayOn(request);
  return (
    <NoticePage title={doneTitle} text={doneText}>
      <Link href={await onward(loginPath(next))} className="button [overflow-wrap:anywhere]">
        {client === undefined ? toLogin : toLoginFor(client)}
      </Link>
    </NoticePage>
  );
}
