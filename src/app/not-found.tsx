import type { Metadata } from "next";
import { requestLanguage } from "./_language/request-language.ts";
import { FaultPage } from "./_parts/fault-page.tsx";
import { texts } from "./texts.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: texts[await requestLanguage()].notFoundTitle };
}

/** A static 404 would have no nonce, and the policy would block its scripts: the language comes from the request. */
export default async function NotFound() {
  const words = texts[await requestLanguage()];
  return (
    <FaultPage
      fault={{ text: words.notFound, advice: words.notFoundAdvice }}
      printed={[{ label: words.status, value: words.notFoundStatus }]}
    />
  );
}
