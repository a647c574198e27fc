import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { type OwnAccount, ownAccount } from "../../server/flow/account/own-account.ts";
import { MINIMUM_LENGTH } from "../../server/flow/account/self-service.ts";
import { getServices } from "../../server/services.ts";
import { AccountForm } from "../_account/account-form.tsx";
import { DevelopmentMailLink } from "../_account/development-mail-link.tsx";
import { texts as shared } from "../_account/texts.ts";
import { isEnrolled } from "../_bridge/second-factor.ts";
import type { Language } from "../_language/language.ts";
import { requestLanguage } from "../_language/request-language.ts";
import { Printed } from "../_parts/printed.tsx";
import { Ticket } from "../_parts/ticket.tsx";
import { currentSession, makeFormToken } from "../bridge.ts";
import { change, sendVerification } from "./actions.ts";
import { texts } from "./texts.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: texts[await requestLanguage()].title };
}

/** What somebody who is signed in sees of their account, and the change of its password. */
export default async function AccountPage({ searchParams }: PageProps<"/account">) {
  const session = await currentSession();
  if (!session.signedIn) redirect("/login?next=%2Faccount");
  const services = await getServices();
  const [account, language] = await Promise.all([ownAccount(services, session.subject), requestLanguage()]);
  if (!account) redirect("/login?next=%2Faccount");
  const enrolled = await isEnrolled(session.subject);
  const words = texts[language];
  const { notice } = await searchParams;
  return (
    <div className="mx-auto max-w-xl">
      <Ticket
        rosette="body"
        stub={account.canChangePassword && <NewPassword {...{ account, enrolled, language }} />}
      >
        <h1 className="mb-7 text-head">{words.title}</h1>
        <Notice notice={notice} language={language} />
        <Printed
          className="sm:grid-cols-2"
          items={[
            { label: words.name, value: account.name },
            { label: words.username, value: account.username },
            { label: words.email, value: emailText(account, language) },
            ...(enrolled === undefined
              ? []
              : [{ label: words.secondFactor, value: <SecondFactorLink {...{ enrolled, language }} /> }]),
          ]}
        />
        {account.canVerifyEmail && (
          <div className="mt-7">
            <AccountForm
              action={sendVerification}
              formToken={await makeFormToken("verify-email-request")}
              fields={[]}
              labels={words.verify}
              quiet
            />
          </div>
        )}
      </Ticket>
    </div>
  );
}

/** What has just happened. */
function Notice({ notice, language }: { notice: string | string[] | undefined; language: Language }) {
  const { passwordChanged, verificationSent } = texts[language];
  if (notice !== "password" && notice !== "mail") return null;
  return (
    <div role="status" className="mb-7 border-gate border-l-[6px] bg-wash px-[1.1rem] py-[0.9rem]">
      <p className="font-bold">{notice === "password" ? passwordChanged : verificationSent}</p>
      {notice === "mail" && (
        <p>
          <DevelopmentMailLink language={language} />
        </p>
      )}
    </div>
  );
}

function SecondFactorLink({ enrolled, language }: { enrolled: boolean; language: Language }) {
  const { on, off, changeSecondFactor } = texts[language];
  return (
    <>
      {enrolled ? on : off} <Link href="/account/second-factor">{changeSecondFactor}</Link>
    </>
  );
}

function emailText({ email, emailVerified }: OwnAccount, language: Language): string {
  const { noEmail, verified, notVerified } = texts[language];
  return email === undefined ? noEmail : `${email} (${emailVerified ? verified : notVerified})`;
}

async function NewPassword({
  account,
  enrolled = false,
  language,
}: {
  account: OwnAccount;
  enrolled: boolean | undefined;
  language: Language;
}) {
  const words = texts[language];
  const { newPassword, passwordHint } = shared[language];
  return (
    <>
      <h2 className="mb-2 text-head">{words.password}</h2>
      <p className="mb-6 text-soft">{enrolled ? words.noteWithCode : words.note}</p>
      <AccountForm
        action={change}
        formToken={await makeFormToken("password-change")}
        username={account.username}
        fields={[
          { name: "current", label: words.current, type: "password", autoComplete: "current-password" },
          {
            name: "password",
            label: newPassword,
            type: "password",
            autoComplete: "new-password",
            hint: passwordHint(MINIMUM_LENGTH),
          },
        ]}
        choices={[{ name: "endApplications", label: words.endApplications }]}
        labels={words.submit}
      />
    </>
  );
}
