import type { IdentifiedClient } from "../client-authentication/credentials.ts";
import type { EngineContext } from "../context.ts";
import type { Form } from "../form.ts";
import type { PushedRequest } from "../pushed-authorization/pushed-request.ts";
import { refuse } from "../refusal.ts";
import type { AuthorizationRequest } from "./authorization-request.ts";
import { checkRequest } from "./check-request.ts";
import { layFoundation } from "./foundation.ts";
import { resolveDirectParameters } from "./request-source.ts";

/** A pushed request that would be a good authorization request, and what has to be stored of it. */
export type CheckedPushedRequest = Pick<PushedRequest, "parameters" | "requestObjectPayload"> & {
  request: AuthorizationRequest;
};

/** Parameters that belong to the push and not to the request (RFC 9126 2.1); a request object has given way to its contents. */
const notStored: ReadonlySet<string> = new Set([
  "client_secret",
  "client_assertion",
  "client_assertion_type",
  "request",
]);

/**
 * Checks a pushed authorization request (RFC 9126 2.1) by the rules that it will be checked by again when it is opened.
 *
 * @param caller the client; who calls this has authenticated it.
 * @param push.form the body of the push.
 * @param push.dpopJkt the thumbprint of the key of the proof that came with it.
 * @returns what to store.
 * @throws Refusal, for an answer without redirect: nobody is at a browser yet.
 */
export async function checkPushedRequest(
  context: EngineContext,
  caller: IdentifiedClient,
  { form, dpopJkt }: { form: Form; dpopJkt?: string | undefined },
): Promise<CheckedPushedRequest> {
  if (form.get("request_uri")?.some((value) => value !== "")) refuse("A248301");
  const resolved = await resolveDirectParameters(context, caller, { form, isPushed: true });
  const parameters = { ...resolved, pushed: { dpopJkt } };
  const { known } = await layFoundation(context, caller, parameters);
  const request = await checkRequest({ ...caller, context, parameters, known });
  const { requestObjectPayload } = resolved;
  return {
    request,
    parameters: storedForm(resolved.form),
    ...(requestObjectPayload === undefined ? {} : { requestObjectPayload }),
  };
}

function storedForm(form: Form): string {
  const stored = new URLSearchParams();
  for (const [name, values] of form) {
    for (const value of notStored.has(name) ? [] : values) stored.append(name, value);
  }
  return stored.toString();
}
