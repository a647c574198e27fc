"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { useSession } from "../../client/hooks/use-session.ts";

const SECOND_MS = 1000;

/**
 * How long the access token is still good, counted down. It trusts the server's clock and not the browser's; without
 * JavaScript the point in time stands there as text. Notices when the session ends elsewhere, and shows the page anew.
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
  const left = useCountdown(expiresAt.getTime() - now);
  useSignedOutElsewhere();
  return (
    <div>
      <p className="text-fine text-soft" id="expiry">
        Access token on the server expires in
      </p>
      <p
        role="timer"
        aria-labelledby="expiry"
        className="mt-1 font-print text-[clamp(2.25rem,1.6rem+2.4vw,3.25rem)] tabular-nums leading-none"
      >
        {left > 0 ? spelled(left) : "expired"}
      </p>
      <dl className="printed mt-5 grid gap-3">
        <Moment label="Expires at" at={expiresAt} />
        <Moment label="Session ends if it is not used" at={sessionExpiresAt} />
      </dl>
    </div>
  );
}

function Moment({ label, at }: { label: string; at: Date }) {
  const iso = at.toISOString();
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        <time dateTime={iso}>{`${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`}</time>
      </dd>
    </div>
  );
}

function useCountdown(durationMs: number): number {
  const [left, setLeft] = useState(durationMs);
  useEffect(() => {
    const start = performance.now();
    const tick = () => setLeft(durationMs - (performance.now() - start));
    const timer = setInterval(tick, SECOND_MS);
    return () => clearInterval(timer);
  }, [durationMs]);
  return Math.max(0, left);
}

function useSignedOutElsewhere(): void {
  const router = useRouter();
  const session = useSession();
  const ended = session.data?.signedIn === false;
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
