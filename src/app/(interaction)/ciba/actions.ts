"use server";

import { redirect } from "next/navigation";
import { decideBackchannel } from "../../_bridge/backchannel.ts";
import { consumeFormToken, publicErrorOf } from "../../bridge.ts";
import { readDecisionForm } from "./form.ts";
import type { Notice } from "./texts.ts";

/** Decides about a request of another device and goes back to the page, which says how it ended. */
export async function decide(form: unknown): Promise<void> {
  const read = readDecisionForm(form);
  if (!read || !(await consumeFormToken(`backchannel ${read.id}`, read.formToken))) return leave("gone");
  const allow = read.decision === "allow";
  const decided = await decideBackchannel({ id: read.id, allow }).catch((thrown: unknown) => {
    const { code, correlationId } = publicErrorOf({ thrown });
    redirect(`/problem?${new URLSearchParams({ code, ...(correlationId && { id: correlationId }) })}`);
  });
  if (!decided) return leave("gone");
  return leave(allow ? "allowed" : "denied");
}

function leave(notice: Notice): never {
  redirect(`/ciba?notice=${notice}`);
}
