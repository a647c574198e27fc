import type { Metadata } from "next";
import Link from "next/link";
import { AccountForm } from "../../_account/account-form.tsx";
import { onward, requestLanguage } from "../../_language/request-language.ts";
import { Ticket } from "../../_parts/ticket.tsx";
import { makeFormToken } from "../../bridge.ts";
import { loginPath } from "../login/login-path.ts";
import { nextPath } from "../login/next-path.ts";
import { requestReset } from "./actions.ts";
import { texts } from "./texts.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: texts[await requestLanguage()].title };
}

/** Where people ask for a new password. Where no mail can be sent `src/proxy.ts` leads nobody here. */
export default async function ResetPage({ searchParams }: PageProps<"/reset">) {
  const next = nextPath((await searchParams).next);
  const [formToken, language] = await Promise.all([makeFormToken("reset-request"), requestLanguage()]);
  const words = texts[language];
  return (
    <div className="mx-auto max-w-md">
      <Ticket rosette="body" stub={<Link href={await onward(loginPath(next))}>{words.toLogin}</Link>}>
        <h1 className="mb-4 text-head">{words.title}</h1>
        <p className="mb-7 text-soft">{words.intro}</p>
        <AccountForm
          action={requestReset}
          formToken={formToken}
          hidden={{ next }}
          fields={[{ name: "email", label: words.email, type: "email", autoComplete: "email" }]}
          labels={words.submit}
        />
      </Ticket>
    </div>
  );
}
