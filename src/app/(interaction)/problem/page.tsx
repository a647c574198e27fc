import type { Metadata } from "next";
import { catalogue, type ErrorCode } from "../../../server/flow/error.ts";
import { FaultPage } from "../../_parts/fault-page.tsx";

export const metadata: Metadata = { title: "Problem" };

const CORRELATION_ID = /^[\w-]{1,64}$/;

/**
 * Says what went wrong, for callers that can only send a person somewhere. The address carries a code of the catalogue and a
 * correlation id; nothing else in it is ever shown.
 */
export default async function ProblemPage({ searchParams }: PageProps<"/problem">) {
  const { code, id } = await searchParams;
  const { text, advice } = catalogue[isErrorCode(code) ? code : "INTERNAL_ERROR"];
  const correlationId = typeof id === "string" && CORRELATION_ID.test(id) ? id : undefined;
  return <FaultPage fault={{ text, advice, correlationId }} />;
}

function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === "string" && Object.hasOwn(catalogue, code);
}
