"use client";

import { useEffect } from "react";

/**
 * After a failure the focus goes to the first field of a form that is at fault, else to the words about it.
 *
 * @param fault of the last answer: each answer has its own, also when it says the same.
 */
export function useFocusOnFault(form: { current: HTMLFormElement | null }, fault: object | undefined): void {
  useEffect(() => {
    if (!fault) return;
    const field = form.current?.querySelector<HTMLElement>("[aria-invalid='true']");
    (field ?? form.current?.querySelector<HTMLElement>("[role='alert']"))?.focus();
  }, [form, fault]);
}
