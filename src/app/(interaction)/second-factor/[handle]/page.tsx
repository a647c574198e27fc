import type { Metadata, Route } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { TicketgateProvider } from "../../../../client/hooks/provider.tsx";
import { CODE_WINDOW_MINUTES } from "../../../../server/flow/second-factor/second-factors.ts";
import type { SignInStep } from "../../../../server/flow/second-factor/sign-in-step.ts";
import { AccountForm } from "../../../_account/account-form.tsx";
import { AuthenticatorSetup } from "../../../_account/authenticator-setup.tsx";
import { RecoveryCodeList } from "../../../_account/recovery-code-list.tsx";
import { texts as shared } from "../../../_account/second-factor-texts.ts";
import { signInStep } from "../../../_bridge/second-factor.ts";
import type { Language } from "../../../_language/language.ts";
import { onward, requestLanguage } from "../../../_language/request-language.ts";
import { FaultPage } from "../../../_parts/fault-page.tsx";
import { Ticket } from "../../../_parts/ticket.tsx";
import { isSignedIn, makeFormToken, publicErrorOf } from "../../../bridge.ts";
import { CancelRequest } from "../../_request/cancel-request.tsx";
import { type RequestedSignIn, signInFor } from "../../_request/sign-in-for.ts";
import { loginPath } from "../../login/login-path.ts";
import { nextPath } from "../../login/next-path.ts";
import { secondFactorPath } from "../second-factor-path.ts";
import { enrol, keepCodes } from "./actions.ts";
import { CodeForm } from "./code-form.tsx";
import { texts } from "./texts.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: texts[await requestLanguage()].title };
}

type Shown<Step> = {
  step: Step;
  handle: string;
  next: string;
  /** The application's request that the sign-in is for. */
  requested: RequestedSignIn | undefined;
  language: Language;
};
type Kind<Name extends SignInStep["show"]> = Extract<SignInStep, { show: Name }>;

/** What comes after the password: a code, or an authenticator app to set up. Whoever is through is sent on. */
export default async function SecondFactorPage({
  params,
  searchParams,
}: PageProps<"/second-factor/[handle]">) {
  const [{ handle }, asked, language] = await Promise.all([params, searchParams, requestLanguage()]);
  const next = nextPath(asked.next);
  const step = await signInStep(handle);
  if (!step && (await isSignedIn())) redirect(next as Route);
  if (!step) return <Over next={next} language={language} />;
  const { requested } = await signInFor(next);
  const shown = { handle, next, requested, language };
  switch (step.show) {
    case "code":
      return <Code {...shown} step={step} recovery={asked.use === "recovery"} />;
    case "secret":
      return <Setup {...shown} step={step} />;
    case "codes":
      return <RecoveryCodes {...shown} step={step} />;
  }
}

async function Code({
  step,
  handle,
  next,
  requested,
  language,
  recovery,
}: Shown<Kind<"code">> & { recovery: boolean }) {
  const words = texts[language];
  const path = secondFactorPath(handle, next);
  const other = recovery ? path : `${path}${path.includes("?") ? "&" : "?"}use=recovery`;
  return (
    <div className="mx-auto max-w-md">
      <Ticket rosette="body" stub={<StartAgain next={next} language={language} />}>
        <h1 className="mb-4 text-head">{recovery ? words.recoveryTitle : words.title}</h1>
        <p className="mb-4 text-lead text-soft">{recovery ? words.recoveryText : words.codeText}</p>
        <p className="mb-7 font-bold">{words.whose(step.username)}</p>
        <TicketgateProvider>
          <CodeForm
            key={String(recovery)}
            formToken={await makeFormToken("second-factor")}
            handle={handle}
            next={next}
            recovery={recovery}
            waitMinutes={CODE_WINDOW_MINUTES}
          />
        </TicketgateProvider>
        <Cancel requested={requested} language={language} />
        <p className="mt-6">
          <Link href={await onward(other)}>{recovery ? words.useApp : words.useRecovery}</Link>
        </p>
      </Ticket>
    </div>
  );
}

async function Setup({ step, handle, next, requested, language }: Shown<Kind<"secret">>) {
  const { setupTitle, code, codeHint, confirm } = shared[language];
  return (
    <div className="mx-auto max-w-xl">
      <Ticket
        rosette="body"
        stub={
          <AccountForm
            action={enrol}
            formToken={await makeFormToken("second-factor-confirm")}
            hidden={{ handle, next }}
            fields={[
              {
                name: "code",
                label: code,
                autoComplete: "one-time-code",
                inputMode: "numeric",
                hint: codeHint,
              },
            ]}
            labels={confirm}
          />
        }
      >
        <h1 className="mb-4 text-head">{setupTitle}</h1>
        <p className="mb-7 text-lead text-soft">{texts[language].setupText}</p>
        <AuthenticatorSetup setup={step} language={language} />
        <Cancel requested={requested} language={language} />
        <p className="mt-6">
          <StartAgain next={next} language={language} />
        </p>
      </Ticket>
    </div>
  );
}

async function RecoveryCodes({ step, handle, next, language }: Shown<Kind<"codes">>) {
  const { codesTitle, kept } = shared[language];
  return (
    <div className="mx-auto max-w-xl">
      <Ticket
        rosette="body"
        stub={
          <AccountForm
            action={keepCodes}
            formToken={await makeFormToken("second-factor-leave")}
            hidden={{ handle, next }}
            fields={[]}
            labels={kept}
          />
        }
      >
        <h1 className="mb-4 text-head">{codesTitle}</h1>
        <RecoveryCodeList codes={step.codes} language={language} />
      </Ticket>
    </div>
  );
}

/** The way back to the application for whoever does not want to go on. */
function Cancel({ requested, language }: Pick<Shown<never>, "requested" | "language">) {
  if (!requested) return null;
  return (
    <div className="mt-4">
      <CancelRequest {...requested} language={language} />
    </div>
  );
}

/** The sign-in is another browser's, too old, or was finished. */
function Over({ next, language }: { next: string; language: Language }) {
  return (
    <FaultPage fault={publicErrorOf({ code: "TICKET_INVALID" })}>
      <StartAgain next={next} language={language} button />
    </FaultPage>
  );
}

async function StartAgain({
  next,
  language,
  button = false,
}: {
  next: string;
  language: Language;
  button?: boolean;
}) {
  return (
    <Link href={await onward(loginPath(next))} className={button ? "button" : undefined}>
      {texts[language].startAgain}
    </Link>
  );
}
