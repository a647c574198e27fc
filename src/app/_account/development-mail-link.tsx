import Link from "next/link";
import { getServices } from "../../server/services.ts";
import type { Language } from "../_language/language.ts";
import { texts } from "./texts.ts";

/** Leads to the mail of a development checkout. Elsewhere it is nothing. */
export async function DevelopmentMailLink({ language }: { language: Language }) {
  const { mailbox } = await getServices();
  if (!mailbox) return null;
  return <Link href="/development/mail">{texts[language].developmentMail}</Link>;
}
