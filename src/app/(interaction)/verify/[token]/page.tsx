import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { readEmailVerification } from "../../../../server/flow/account/email-verification.ts";
import { offersOf } from "../../../../server/flow/account/self-service.ts";
import { getServices } from "../../../../server/services.ts";
import { AccountForm } from "../../../_account/account-form.tsx";
import { NoticePage } from "../../../_account/notice-page.tsx";
import { texts as shared } from "../../../_account/texts.ts";
import { requestLanguage } from "../../../_language/request-language.ts";
import { makeFormToken } from "../../../bridge.ts";
import { texts } from "../texts.ts";
import { verify } from "./actions.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: texts[await requestLanguage()].title };
}

/** Where the mailed link for an address leads. Opening it changes nothing: programs open links too. */
export default async function VerifyPage({ params }: PageProps<"/verify/[token]">) {
  const services = await getServices();
  if (!offersOf(services).mail) notFound();
  const { token } = await params;
  const [email, language] = await Promise.all([readEmailVerification(services, token), requestLanguage()]);
  const words = texts[language];
  const { linkExpired } = shared[language];
  if (email === undefined) {
    return (
      <NoticePage title={linkExpired.text} text={linkExpired.advice}>
        <Link href="/account" className="button">
          {words.toAccount}
        </Link>
      </NoticePage>
    );
  }
  return (
    <NoticePage title={words.title} text={words.text(email)}>
      <AccountForm
        action={verify}
        formToken={await makeFormToken("verify-email")}
        hidden={{ token }}
        fields={[]}
        labels={words.submit}
      />
    </NoticePage>
  );
}
