import type { FlowPorts } from "../ports.ts";
import { openStep } from "../sealed-step.ts";
import { signOut } from "../sign-out.ts";
import { pathOfResult } from "./paths.ts";
import { questionStep } from "./sealed.ts";

/**
 * Signs a person out who said so on a page of ours.
 *
 * @param answer.question what they were asked, as it stood in the address; nothing when they came by themselves.
 * @returns the path of the page to show.
 */
export async function confirmLogout(
  ports: FlowPorts,
  answer: { question: unknown; session: string | undefined; preSession: string | undefined },
): Promise<string> {
  const { session, preSession: browser } = answer;
  const frames = await signOut(ports, session);
  if (browser === undefined) return "/";
  const question = openStep(ports, questionStep, { sealed: answer.question, browser });
  if (!question && answer.question === undefined && frames.length === 0) return "/";
  return pathOfResult(ports, { ...question, frames }, { browser });
}
