import type { Metadata, Route } from "next";
import { redirect } from "next/navigation";
import { normalisedUserCode } from "../../../server/flow/device/user-code.ts";
import { requestLanguage } from "../../_language/request-language.ts";
import { Ticket } from "../../_parts/ticket.tsx";
import { isSignedIn, makeFormToken } from "../../bridge.ts";
import { CodeForm } from "./code-form.tsx";
import { texts } from "./texts.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: texts[await requestLanguage()].title };
}

/** Where a person enters the code that a device shows (RFC 8628 section 3.3). */
export default async function DevicePage({ searchParams }: PageProps<"/device">) {
  const userCode = normalisedUserCode((await searchParams).user_code);
  if (!(await isSignedIn())) {
    const next =
      userCode === undefined ? "/device" : `/device?${new URLSearchParams({ user_code: userCode })}`;
    redirect(`/login?${new URLSearchParams({ next })}` as Route);
  }
  const [formToken, language] = await Promise.all([makeFormToken("device"), requestLanguage()]);
  const words = texts[language];
  return (
    <div className="mx-auto max-w-md">
      <Ticket
        rosette="body"
        stub={<p className="text-soft">{userCode === undefined ? words.what : words.prefilled}</p>}
      >
        <h1 className="mb-7 text-sign">{words.heading}</h1>
        <CodeForm formToken={formToken} prefilled={userCode ?? ""} />
      </Ticket>
    </div>
  );
}
