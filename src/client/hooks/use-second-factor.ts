"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { callErrorOf } from "../call-error.ts";
import { useTRPC, useTRPCClient } from "./context.ts";
import type { SignInProgress } from "./use-sign-in.ts";

/** How far the second step of a sign-in has come. */
export type SecondFactorProgress = Exclude<SignInProgress, { step: "second factor" }>;

/**
 * Goes on with a sign-in whose password was right: `login.secondFactor`, then `token.issue`. While one code is under way, another call does
 * nothing.
 *
 * @param handle from the progress "second factor" of `useSignIn`.
 * @returns `progress`, and `enterCode`, which gives the last progress: "signed in" or "refused".
 */
export function useSecondFactor(handle: string): {
  progress: SecondFactorProgress;
  enterCode: (code: string) => Promise<SecondFactorProgress>;
} {
  const client = useTRPCClient();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const running = useRef(false);
  const [progress, setProgress] = useState<SecondFactorProgress>({ step: "idle" });

  async function steps(code: string): Promise<SecondFactorProgress> {
    setProgress({ step: "checking" });
    const { subject } = await client.login.secondFactor.mutate({ handle, code });
    setProgress({ step: "issuing" });
    const { expiresAt } = await client.token.issue.mutate({ ticket: handle, subject });
    await queryClient.invalidateQueries(trpc.session.current.queryFilter());
    return { step: "signed in", subject, expiresAt };
  }

  async function enterCode(code: string): Promise<SecondFactorProgress> {
    if (running.current) return progress;
    running.current = true;
    const last = await steps(code).catch(
      (error: unknown): SecondFactorProgress => ({ step: "refused", error: callErrorOf(error) }),
    );
    running.current = last.step === "signed in";
    setProgress(last);
    return last;
  }

  return { progress, enterCode };
}
