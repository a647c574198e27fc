import type { CallError } from "../../client/call-error.ts";
import type { Language } from "../_language/language.ts";
import { texts } from "./texts.ts";

/**
 * What is shown of a failure: one of the catalogue, which has a code, in whatever language it came; or texts of the page where
 * it happened.
 */
export type Fault = {
  code?: CallError["code"] | undefined;
  text: string;
  advice: string;
  correlationId?: string | undefined;
};

/** A failure in the language of the page. Nobody is asked to quote a correlation id that is not there. */
export function shownFault(fault: Fault, language: Language): { text: string; advice: string } {
  const { faults, quote } = texts[language];
  const { text, advice } = fault.code === undefined ? fault : faults[fault.code];
  return { text, advice: fault.correlationId === undefined ? advice.replace(quote, "") : advice };
}

/**
 * What to say when a page could not be made.
 *
 * @param error what was thrown. A failure of the server has a digest, which finds it in the log; one in the browser has none.
 */
export function pageFault(error: unknown): Fault {
  const digest = error instanceof Error && "digest" in error ? error.digest : undefined;
  return {
    code: "INTERNAL_ERROR",
    ...texts.en.faults.INTERNAL_ERROR,
    correlationId: typeof digest === "string" ? digest : undefined,
  };
}
