import type { Metadata, Route } from "next";
import Link from "next/link";
import { notFound, redirect } from "next/navigation";
import { MINIMUM_LENGTH, offersOf } from "../../../server/flow/account/self-service.ts";
import { handleIn } from "../../../server/http/interaction-path.ts";
import { getServices } from "../../../server/services.ts";
import { AccountForm } from "../../_account/account-form.tsx";
import { texts as shared } from "../../_account/texts.ts";
import { onward, requestLanguage } from "../../_language/request-language.ts";
import { Ticket } from "../../_parts/ticket.tsx";
import { makeFormToken } from "../../bridge.ts";
import { signInFor } from "../_request/sign-in-for.ts";
import { loginPath } from "../login/login-path.ts";
import { nextPath } from "../login/next-path.ts";
import { register } from "./actions.ts";
import { texts } from "./texts.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: texts[await requestLanguage()].title };
}

/**
 * Where people get an account. Somebody who is signed in is sent on. Where it is off there is nothing, and an application that wanted an account to
 * be made gets a person who signs in.
 */
export default async function RegisterPage({ searchParams }: PageProps<"/register">) {
  const next = nextPath((await searchParams).next);
  const handle = handleIn(next);
  if (!offersOf(await getServices()).registration) {
    if (handle === undefined) notFound();
    redirect(await onward(loginPath(next)));
  }
  if (!(await signInFor(next)).wanted) redirect(next as Route);
  const [formToken, language] = await Promise.all([makeFormToken("register"), requestLanguage()]);
  const words = texts[language];
  return (
    <div className="mx-auto max-w-md">
      <Ticket rosette="body" stub={<Link href={await onward(loginPath(next))}>{words.haveAccount}</Link>}>
        <h1 className="mb-7 text-head">{words.title}</h1>
        <AccountForm
          action={register}
          formToken={formToken}
          hidden={{ next }}
          fields={[
            { name: "username", label: words.username, autoComplete: "username", hint: words.usernameHint },
            { name: "name", label: words.name, autoComplete: "name" },
            { name: "email", label: words.email, type: "email", autoComplete: "email" },
            {
              name: "password",
              label: words.password,
              type: "password",
              autoComplete: "new-password",
              hint: shared[language].passwordHint(MINIMUM_LENGTH),
            },
          ]}
          labels={words.submit}
        />
      </Ticket>
    </div>
  );
}
