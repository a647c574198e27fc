/** What is shown of a failure: texts of the catalogue, or of the page where it happened. */
export type Fault = { text: string; advice: string; correlationId?: string | undefined };

const QUOTE = " If it goes on, quote the correlation id.";

/** The advice about a failure as a page gives it: nobody is asked to quote what is not there. */
export function shownAdvice({ advice, correlationId }: Omit<Fault, "text">): string {
  return correlationId === undefined ? advice.replace(QUOTE, "") : advice;
}

/**
 * What to say when a page could not be made.
 *
 * @param error what was thrown. A failure of the server has a digest, which finds it in the log; one in the browser has none.
 */
export function pageFault(error: unknown): Fault {
  const digest = error instanceof Error && "digest" in error ? error.digest : undefined;
  return {
    text: "Something went wrong.",
    advice: `Try again.${QUOTE}`,
    correlationId: typeof digest === "string" ? digest : undefined,
  };
}
