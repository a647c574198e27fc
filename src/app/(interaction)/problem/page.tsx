import type { Metadata } from "next";
import { catalogue, type ErrorCode } from "../../../server/flow/error.ts";
import { requestLanguage } from "../../_language/request-language.ts";
import { FaultPage } from "../../_parts/fault-page.tsx";
import { texts } from "./texts.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: texts[await requestLanguage()].title };
}

const CORRELATION_ID = /^[\w-]{1,64}$/;

/**
 * Says what went wrong, for callers that can only send a person somewhere. The address carries a code of the catalogue and a
 * correlation id; nothing else in it is ever shown.
 */
export default async function ProblemPage({ searchParams }: PageProps<"/problem">) {
  const { code, id } = await searchParams;
  const shown = isErrorCode(code) ? code : "INTERNAL_ERROR";
  const { text, advice } = catalogue[shown];
  const correlationId = typeof id === "string" && CORRELATION_ID.test(id) ? id : undefined;
  return <FaultPage fault={{ code: shown, text, advice, correlationId }} />;
}

function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === "string" && Object.hasOwn(catalogue, code);
}
