import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { readRegistration } from "../../../../server/flow/account/registration.ts";
import { offersOf } from "../../../../server/flow/account/self-service.ts";
import { getServices } from "../../../../server/services.ts";
import { AccountForm } from "../../../_account/account-form.tsx";
import { NoticePage } from "../../../_account/notice-page.tsx";
import { texts as shared } from "../../../_account/texts.ts";
import { requestLanguage } from "../../../_language/request-language.ts";
import { Ticket } from "../../../_parts/ticket.tsx";
import { makeFormToken } from "../../../bridge.ts";
import { texts } from "../texts.ts";
import { confirm } from "./actions.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: texts[await requestLanguage()].title };
}

/** Where the mailed link of a registration leads. Opening it changes nothing: programs open links too. */
export default async function ConfirmRegistrationPage({ params }: PageProps<"/register/[token]">) {
  const services = await getServices();
  if (!offersOf(services).registration) notFound();
  const { token } = await params;
  const [pending, language] = await Promise.all([readRegistration(services, token), requestLanguage()]);
  const words = texts[language];
  if (!pending) return <Expired words={words} notice={shared[language].linkExpired} />;
  return (
    <div className="mx-auto max-w-md">
      <Ticket rosette="body" stub={<p className="text-soft">{words.confirmText(pending.username)}</p>}>
        <h1 className="mb-7 text-head">{words.confirmTitle}</h1>
        <AccountForm
          action={confirm}
          formToken={await makeFormToken("register-confirm")}
          hidden={{ token }}
          username={pending.username}
          fields={[
            { name: "password", label: words.password, type: "password", autoComplete: "current-password" },
          ]}
          labels={words.confirmSubmit}
        />
      </Ticket>
    </div>
  );
}

function Expired({
  words,
  notice,
}: {
  words: { registerAgain: string; toLogin: string };
  notice: { text: string; advice: string };
}) {
  return (
    <NoticePage title={notice.text} text={notice.advice}>
      <Link href="/register" className="button">
        {words.registerAgain}
      </Link>
      <Link href="/login">{words.toLogin}</Link>
    </NoticePage>
  );
}
