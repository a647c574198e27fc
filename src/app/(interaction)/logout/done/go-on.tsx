"use client";

import { useEffect } from "react";

/** As long as the applications have that are told in frames. */
const WAIT_MS = 2_500;

/**
 * Takes the browser on by itself. Without scripts it goes at once where nothing has to be waited for; else there is the link on the page.
 *
 * @param props.to address that is registered for the application that asked.
 */
export function GoOn({ to, waits }: { to: string; waits: boolean }) {
  useEffect(() => {
    const timer = setTimeout(() => location.replace(to), waits ? WAIT_MS : 0);
    return () => clearTimeout(timer);
  }, [to, waits]);
  if (waits) return null;
  return (
    <noscript>
      <meta httpEquiv="refresh" content={`0;url=${to}`} />
    </noscript>
  );
}
