import type { Client } from "../../authlete/client.ts";
import type { EngineContext } from "../context.ts";
import { type Form, optionalParameter } from "../form.ts";
import { isSignedHere } from "../id-token/own-signature.ts";
import { type CompactJws, readCompactJwe, readCompactJws } from "../jose/compact.ts";
import { refuse } from "../refusal.ts";

/** Whom the client means: a hint for the caller, and the subject of an ID token that is one. */
export type Hint = {
  hintType: "LOGIN_HINT_TOKEN" | "ID_TOKEN_HINT" | "LOGIN_HINT";
  hint: string;
  sub?: string;
};

const parameters = [
  ["login_hint_token", "LOGIN_HINT_TOKEN"],
  ["id_token_hint", "ID_TOKEN_HINT"],
  ["login_hint", "LOGIN_HINT"],
] as const;

/** The one hint of a request (CIBA Core 7.1). What a login hint or its token means only the caller knows. */
export function readHint(context: EngineContext, client: Client, form: Form): Hint {
  const hints = parameters.flatMap(([name, hintType]) => {
    const hint = optionalParameter(form, name, "A166304");
    return hint === undefined ? [] : [{ hintType, hint }];
  });
  const [hint, ...others] = hints;
  if (!hint) return refuse("A174301");
  if (others.length > 0) refuse("A174302");
  if (hint.hintType !== "ID_TOKEN_HINT") return hint;
  return { ...hint, sub: subjectOf(context, client, hint.hint) };
}

/** An ID token that the client once got here; it may have expired. */
function subjectOf(context: EngineContext, client: Client, text: string): string {
  if (readCompactJwe(text)) refuse("A175303");
  const jws = readCompactJws(text) ?? refuse("A175301");
  if (jws.header.alg === "none") refuse("A175302");
  const { iss, aud, sub } = jws.payload ?? refuse("A175304");
  if (iss === undefined) refuse("A175305");
  if (iss !== context.service.issuer) refuse("A175306");
  checkAudience(client, aud);
  if (!isIdToken(jws) || !isSignedHere(context, client, jws)) refuse("A902313");
  return typeof sub === "string" && sub !== "" ? sub : refuse("A175310");
}

function checkAudience(client: Client, audience: unknown): void {
  if (audience === undefined) refuse("A175307");
  const names: unknown[] = [String(client.clientId), client.clientIdAlias || undefined];
  const isNamed = [audience].flat().some((entry) => entry !== undefined && names.includes(entry));
  if (!isNamed) refuse(Array.isArray(audience) ? "A175308" : "A175309");
}

/** Other JWTs that are signed with the same keys say so in their header. */
function isIdToken({ header: { typ } }: CompactJws): boolean {
  return typ === undefined || typ === "JWT";
}
