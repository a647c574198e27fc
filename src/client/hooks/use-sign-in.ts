"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { type CallError, callErrorOf } from "../call-error.ts";
import { useTRPC, useTRPCClient } from "./context.ts";

/** How far a sign-in has come. */
export type SignInProgress =
  | { step: "idle" }
  | { step: "checking" }
  | { step: "issuing" }
  /** The password was right, and a second factor is outstanding: `useSecondFactor` goes on with the handle. */
  | { step: "second factor"; handle: string }
  | { step: "signed in"; subject: string; expiresAt: Date }
  | { step: "refused"; error: CallError };

/** What a person types, and whether what they sign in for wants more than a password. */
export type Credentials = { username: string; password: string; secondFactor?: "required" };

/**
 * Signs a person in: `login.password`, then `token.issue` with the handle that it gave. While one sign-in is under way, another
 * call does nothing, so a double click cannot start two.
 *
 * @returns `progress`, and `signIn`, which gives the last progress: "signed in", "second factor" or "refused".
 */
export function useSignIn(): {
  progress: SignInProgress;
  signIn: (credentials: Credentials) => Promise<SignInProgress>;
} {
  // The plain client and not a mutation: a mutation's variables stay in its cache, and one of these is a password.
  const client = useTRPCClient();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const running = useRef(false);
  const [progress, setProgress] = useState<SignInProgress>({ step: "idle" });

  async function steps(credentials: Credentials): Promise<SignInProgress> {
    setProgress({ step: "checking" });
    const begun = await client.login.password.mutate(credentials);
    const { handle } = begun;
    if (begun.next === "second-factor") return { step: "second factor", handle };
    const { subject } = begun;
    setProgress({ step: "issuing" });
    const { expiresAt } = await client.token.issue.mutate({ ticket: handle, subject });
    await queryClient.invalidateQueries(trpc.session.current.queryFilter());
    return { step: "signed in", subject, expiresAt };
  }

  async function signIn(credentials: Credentials): Promise<SignInProgress> {
    if (running.current) return progress;
    running.current = true;
    const last = await steps(credentials).catch(
      (error: unknown): SignInProgress => ({ step: "refused", error: callErrorOf(error) }),
    );
    running.current = last.step !== "refused";
    setProgress(last);
    return last;
  }

  return { progress, signIn };
}
