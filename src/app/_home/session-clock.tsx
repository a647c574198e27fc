"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { useSession } from "../../client/hooks/use-session.ts";
import { useLanguage } from "../_language/language-context.tsx";
import { momentText } from "../_language/moment.ts";
import { texts } from "./texts.ts";

const SECOND_MS = 1000;
/** Nobody asks a moment too early: while the session is there, that would be use, and it would never end. */
const GRACE_MS = 2 * SECOND_MS;
const ASK_EVERY_MS = 10 * SECOND_MS;

/**
 * How long the access token is still good, counted down. It trusts the server's clock and not the browser's; without
 * JavaScript the point in time stands there as text. Notices when the session ends, elsewhere or because nobody used it, and
 * shows the page anew.
 *
 * @param props.now milliseconds since the epoch, when the server made the page.
 */
export function SessionClock({
  expiresAt,
  sessionExpiresAt,
  now,
}: {
  expiresAt: Date;
  sessionExpiresAt: Date;
  now: number;
}) {
  const words = texts[useLanguage()];
  const time = useServerTime(now);
  const session = useSession();
  const current = session.data?.signedIn ? session.data : { expiresAt, sessionExpiresAt };
  const left = current.expiresAt.getTime() - time;
  useQuestionAfterEnd(time - current.sessionExpiresAt.getTime(), session.refetch);
  useFreshPageAfterEnd(session.data?.signedIn === false);
  return (
    <div>
      <p className="text-fine text-soft" id="expiry">
        {words.expiresIn}
      </p>
      <p
        role="timer"
        aria-labelledby="expiry"
        className="mt-1 font-print text-[clamp(2.25rem,1.6rem+2.4vw,3.25rem)] tabular-nums leading-none"
      >
        {left > 0 ? spelled(left) : words.expired}
      </p>
      <dl className="printed mt-5 grid gap-3">
        <Moment label={words.expiresAt} at={current.expiresAt} />
        <Moment label={words.sessionEnds} at={current.sessionExpiresAt} />
      </dl>
    </div>
  );
}

function Moment({ label, at }: { label: string; at: Date }) {
  const language = useLanguage();
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        <time dateTime={at.toISOString()}>{momentText(language, at)}</time>
      </dd>
    </div>
  );
}

/** The server's time, second by second: what it was when the server made the page, and what has gone by here since. */
function useServerTime(now: number): number {
  const [madeAt] = useState(() => performance.now());
  const [time, setTime] = useState(now);
  useEffect(() => {
    const timer = setInterval(() => setTime(now + performance.now() - madeAt), SECOND_MS);
    return () => clearInterval(timer);
  }, [now, madeAt]);
  return time;
}

/**
 * Asks the server once the session should have ended, and again while there is no answer: it is over, or was used elsewhere.
 *
 * @param overdueMs time since the end; negative before.
 */
function useQuestionAfterEnd(overdueMs: number, ask: () => Promise<unknown>): void {
  const question = Math.floor((overdueMs - GRACE_MS) / ASK_EVERY_MS);
  const due = Math.max(question, -1);
  useEffect(() => {
    if (due >= 0) void ask();
  }, [due, ask]);
}

function useFreshPageAfterEnd(ended: boolean): void {
  const router = useRouter();
  useEffect(() => {
    if (ended) router.refresh();
  }, [ended, router]);
}

function spelled(durationMs: number): string {
  const seconds = Math.ceil(durationMs / SECOND_MS);
  const parts = [Math.floor(seconds / 60) % 60, seconds % 60].map((part) => String(part).padStart(2, "0"));
  const hours = Math.floor(seconds / 3600);
  return hours > 0 ? [hours, ...parts].join(":") : parts.join(":");
}
