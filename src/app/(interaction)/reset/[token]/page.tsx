import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { readPasswordReset } from "../../../../server/flow/account/password-reset.ts";
import { MINIMUM_LENGTH, offersOf } from "../../../../server/flow/account/self-service.ts";
import { getServices } from "../../../../server/services.ts";
import { AccountForm } from "../../../_account/account-form.tsx";
import { NoticePage } from "../../../_account/notice-page.tsx";
import { texts as shared } from "../../../_account/texts.ts";
import { onward, requestLanguage } from "../../../_language/request-language.ts";
import { Ticket } from "../../../_parts/ticket.tsx";
import { makeFormToken } from "../../../bridge.ts";
import { texts } from "../texts.ts";
import { chooseNewPassword } from "./actions.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: texts[await requestLanguage()].newTitle };
}

/** Where the mailed link for a new password leads. Opening it changes nothing: programs open links too. */
export default async function NewPasswordPage({ params }: PageProps<"/reset/[token]">) {
  const services = await getServices();
  if (!offersOf(services).mail) notFound();
  const { token } = await params;
  const [account, language] = await Promise.all([readPasswordReset(services, token), requestLanguage()]);
  const words = texts[language];
  const { linkExpired, newPassword, passwordHint } = shared[language];
  if (!account) {
    return (
      <NoticePage title={linkExpired.text} text={linkExpired.advice}>
        <Link href={await onward("/reset")} className="button">
          {words.askAgain}
        </Link>
      </NoticePage>
    );
  }
  return (
    <div className="mx-auto max-w-md">
      <Ticket rosette="body" stub={<p className="text-soft">{words.newText(account.username)}</p>}>
        <h1 className="mb-7 text-head">{words.newTitle}</h1>
        <AccountForm
          action={chooseNewPassword}
          formToken={await makeFormToken("reset")}
          hidden={{ token }}
          username={account.username}
          fields={[
            {
              name: "password",
              label: newPassword,
              type: "password",
              autoComplete: "new-password",
              hint: passwordHint(MINIMUM_LENGTH),
            },
          ]}
          labels={words.newSubmit}
        />
      </Ticket>
    </div>
  );
}
