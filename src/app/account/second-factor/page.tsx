import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import type { OwnSecondFactor } from "../../../server/flow/second-factor/own-second-factor.ts";
import { AccountForm } from "../../_account/account-form.tsx";
import { AuthenticatorSetup } from "../../_account/authenticator-setup.tsx";
import { RecoveryCodeList } from "../../_account/recovery-code-list.tsx";
import { texts as shared } from "../../_account/second-factor-texts.ts";
import { secondFactorHere } from "../../_bridge/second-factor.ts";
import type { Language } from "../../_language/language.ts";
import { momentText } from "../../_language/moment.ts";
import { requestLanguage } from "../../_language/request-language.ts";
import { Ticket } from "../../_parts/ticket.tsx";
import { makeFormToken } from "../../bridge.ts";
import { texts as account } from "../texts.ts";
import { begin, confirm, leave } from "./actions.ts";
import { ActiveFactor, ChangeFactor } from "./active-factor.tsx";
import { texts } from "./texts.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: texts[await requestLanguage()].title };
}

/** Where somebody who is signed in sets up an authenticator app, sees that they have one, and takes it away. */
export default async function OwnSecondFactorPage({ searchParams }: PageProps<"/account/second-factor">) {
  const [here, { notice }, language] = await Promise.all([
    secondFactorHere(),
    searchParams,
    requestLanguage(),
  ]);
  if (!here) redirect("/login?next=%2Faccount%2Fsecond-factor");
  return (
    <div className="mx-auto max-w-xl">
      <Factor {...here} language={language} notice={<Notice notice={notice} language={language} />} />
      <p className="mt-6">
        <Link href="/account">{texts[language].toAccount}</Link>
      </p>
    </div>
  );
}

type Shown = {
  username: string;
  factor: OwnSecondFactor;
  /** Everybody has to have one. */
  required: boolean;
  language: Language;
  notice: ReactNode;
};

function Factor({ username, factor, required, language, notice }: Shown) {
  const { title } = texts[language];
  switch (factor.show) {
    case "nothing":
      return (
        <Ticket rosette="body" stub={<Begin username={username} language={language} />}>
          <h1 className="mb-7 text-head">{title}</h1>
          {notice}
          <p className="text-lead text-soft">{texts[language].nothingText}</p>
        </Ticket>
      );
    case "secret":
      return (
        <Ticket rosette="body" stub={<Confirm language={language} />}>
          <h1 className="mb-7 text-head">{shared[language].setupTitle}</h1>
          <AuthenticatorSetup setup={factor} language={language} />
        </Ticket>
      );
    case "codes":
      return (
        <Ticket rosette="body" stub={<Kept language={language} />}>
          <h1 className="mb-4 text-head">{shared[language].codesTitle}</h1>
          <RecoveryCodeList codes={factor.codes} language={language} />
        </Ticket>
      );
    case "active":
      return (
        <Ticket rosette="body" stub={<ChangeFactor {...{ username, required, language }} />}>
          <h1 className="mb-7 text-head">{title}</h1>
          {notice}
          <ActiveFactor
            since={momentText(language, factor.enrolledAt)}
            recoveryCodes={factor.recoveryCodes}
            language={language}
          />
        </Ticket>
      );
  }
}

/** What has just happened. */
function Notice({ notice, language }: { notice: string | string[] | undefined; language: Language }) {
  if (notice !== "off" && notice !== "sessions") return null;
  return (
    <div role="status" className="mb-7 border-gate border-l-[6px] bg-wash px-[1.1rem] py-[0.9rem]">
      <p className="font-bold">{texts[language].notices[notice]}</p>
    </div>
  );
}

async function Begin({ username, language }: { username: string; language: Language }) {
  return (
    <AccountForm
      action={begin}
      formToken={await makeFormToken("second-factor-begin")}
      username={username}
      fields={[
        {
          name: "password",
          label: account[language].current,
          type: "password",
          autoComplete: "current-password",
        },
      ]}
      labels={texts[language].begin}
    />
  );
}

async function Confirm({ language }: { language: Language }) {
  const { code, codeHint, confirm: labels } = shared[language];
  return (
    <div className="grid gap-4">
      <AccountForm
        action={confirm}
        formToken={await makeFormToken("second-factor-confirm")}
        fields={[
          { name: "code", label: code, autoComplete: "one-time-code", inputMode: "numeric", hint: codeHint },
        ]}
        labels={labels}
      />
      <AccountForm
        action={leave}
        formToken={await makeFormToken("second-factor-leave")}
        fields={[]}
        labels={texts[language].cancel}
        quiet
      />
    </div>
  );
}

async function Kept({ language }: { language: Language }) {
  return (
    <AccountForm
      action={leave}
      formToken={await makeFormToken("second-factor-leave")}
      fields={[]}
      labels={shared[language].kept}
    />
  );
}
