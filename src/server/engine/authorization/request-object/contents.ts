import type { EngineContext } from "../../context.ts";
import type { Form } from "../../form.ts";
import { refuse } from "../../refusal.ts";
import type { PayloadParameters } from "./payload-parameters.ts";
import type { PresentedRequestObject } from "./request-object.ts";

/** How the parameters inside of a request object have to agree with those beside it (RFC 9101 5 and 6.3, OIDC Core 6.1). */
export function checkContents(
  { service }: EngineContext,
  { form, clientId }: PresentedRequestObject,
  inside: PayloadParameters,
): void {
  if (inside.form.has("request")) refuse("A006308");
  if (inside.form.has("request_uri")) refuse("A006312");
  const isTraditional = service.traditionalRequestObjectProcessingApplied === true;
  checkClientId(form.get("client_id")?.[0] ?? String(clientId), inside, isTraditional);
  checkResponseType(form, inside, isTraditional);
  if (isTraditional) checkScope(form, inside.form);
}

/** RFC 9101 6.3: the two are identical. OIDC Core 6.1: they are if both are there. A push may name its client in a header. */
function checkClientId(beside: string, { form, mistyped }: PayloadParameters, isTraditional: boolean): void {
  if (mistyped.has("client_id")) refuse("A005387");
  const named = form.get("client_id")?.[0];
  if (named === undefined ? !isTraditional : named !== beside) refuse("A005391");
}

function checkResponseType(
  outside: Form,
  { form, mistyped }: PayloadParameters,
  isTraditional: boolean,
): void {
  if (mistyped.has("response_type")) refuse("A005395");
  const named = form.get("response_type")?.[0];
  if (named === undefined) {
    if (!isTraditional) refuse("A006326");
    return;
  }
  const beside = outside.get("response_type");
  if (beside && !beside.includes(named)) refuse("A006304");
}

/** OIDC Core 6.1: that a request is an authentication has to be seen from outside. */
function checkScope(outside: Form, inside: Form): void {
  const asksForOpenid = (form: Form) =>
    form.get("scope")?.some((scope) => scope.split(" ").includes("openid"));
  if (!asksForOpenid(inside) || asksForOpenid(outside)) return;
  refuse(outside.has("scope") ? "A007304" : "A007303");
}
