"use client";

import { type FormEvent, type ReactNode, useEffect, useRef } from "react";

/**
 * A form that is sent once, so that a double click does not end in a page that says that all is settled. Without scripts it is an ordinary
 * form; the server takes only one answer in any case.
 */
export function OnceForm({ action, children }: { action: string; children: ReactNode }) {
  const sent = useRef(false);
  useEffect(() => {
    // A page that the browser kept and shows again can be answered again.
    const shown = ({ persisted }: PageTransitionEvent) => {
      if (persisted) sent.current = false;
    };
    addEventListener("pageshow", shown);
    return () => removeEventListener("pageshow", shown);
  }, []);

  function submit(event: FormEvent<HTMLFormElement>): void {
    if (sent.current) event.preventDefault();
    sent.current = true;
  }

  return (
    <form method="post" action={action} onSubmit={submit} className="contents">
      {children}
    </form>
  );
}
