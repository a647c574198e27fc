import type { IdentifiedClient } from "../../client-authentication/credentials.ts";
import type { EngineContext } from "../../context.ts";
import type { Form } from "../../form.ts";
import { refuse } from "../../refusal.ts";
import type { RequestParameters } from "../request-parameters.ts";
import { checkRequestObjectClaims } from "./claims.ts";
import { checkContents } from "./contents.ts";
import { openRequestObject } from "./open.ts";
import { type PayloadParameters, parametersOf } from "./payload-parameters.ts";
import { checkRequestObjectSignature } from "./signature.ts";

/** A request object and what stands beside it. */
export type PresentedRequestObject = IdentifiedClient & {
  /** The JWT. */
  text: string;
  form: Form;
  /** It came by `pushed_auth_req`, past the browser. */
  isPushed: boolean;
};

/**
 * Reads the parameters in a request object (RFC 9101, OIDC Core 6): decrypted, verified, in time, for this service, from this client,
 * whether it came by value or was fetched.
 *
 * @throws Refusal A005xxx, A006xxx, A150xxx (`invalid_request_object`).
 */
export async function readRequestObject(
  context: EngineContext,
  presented: PresentedRequestObject,
): Promise<RequestParameters> {
  const jws = await openRequestObject(context, presented);
  await checkRequestObjectSignature(context, presented.client, jws);
  const payload = jws.payload ?? refuse("A005378");
  checkRequestObjectClaims(context, presented, payload);
  const inside = parametersOf(payload);
  checkContents(context, presented, inside);
  const { form, mistyped } = context.service.traditionalRequestObjectProcessingApplied
    ? merged(presented.form, inside)
    : inside;
  return { form, mistyped, requestObjectPayload: textOf(payload) };
}

/** OIDC Core 6.1: what stands inside wins, and what does not still counts. RFC 9101 6.3 lets only the inside count. */
function merged(outside: Form, inside: PayloadParameters): PayloadParameters {
  const form = new Map([...outside, ...inside.form]);
  form.delete("request");
  form.delete("request_uri");
  return { form, mistyped: inside.mistyped };
}

/** A payload that is nested too deep for JSON is no payload. */
function textOf(payload: Record<string, unknown>): string {
  try {
    return JSON.stringify(payload);
  } catch {
    return refuse("A005378");
  }
}
