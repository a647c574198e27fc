import { z } from "zod";
import type { Client } from "../../authlete/client.ts";
import { findClient } from "../find-client.ts";
import type { FlowPorts } from "../ports.ts";

/** What an ID token that we issued says about who has to be signed out, and where. */
export type Hint = { client: Client; clientId: string; subject: string; sid: string | undefined };

const headerSchema = z.looseObject({ alg: z.string(), typ: z.string().optional() });

const payloadSchema = z.looseObject({
  iss: z.string(),
  sub: z.string(),
  aud: z.union([z.string(), z.array(z.string())]),
  azp: z.string().optional(),
  exp: z.number(),
  iat: z.number(),
  sid: z.string().optional(),
});

/**
 * Judges an `id_token_hint`: an ID token that this service signed for a client that it has. It may have expired; nothing else may be
 * wrong with it. The signature is the engine's to judge.
 *
 * @returns `undefined` when it is not one.
 * @throws EngineError when the engine cannot be asked.
 * @see OpenID Connect RP-Initiated Logout 1.0, sections 2 and 4
 */
export async function readHint(
  ports: Pick<FlowPorts, "authlete">,
  idToken: string,
  issuer: string | undefined,
): Promise<Hint | undefined> {
  const parts = decoded(idToken);
  if (!parts || parts.payload.iss !== issuer || !isIdToken(parts)) return undefined;
  const { payload, header } = parts;
  const audience = clientOf(payload);
  const client = audience === undefined ? undefined : await findClient(ports, audience);
  if (!client || client.locked || audience === undefined) return undefined;
  if (header.alg !== (client.idTokenSignAlg || "RS256") || header.alg.toLowerCase() === "none")
    return undefined;
  if (!(await isSigned(ports, idToken, String(client.clientId)))) return undefined;
  return { client, clientId: audience, subject: payload.sub, sid: payload.sid };
}

type Parts = { header: z.infer<typeof headerSchema>; payload: z.infer<typeof payloadSchema> };

function decoded(jwt: string): Parts | undefined {
  const [header = "", payload = "", , ...more] = jwt.split(".");
  if (more.length > 0 || !/^[\w-]+\.[\w-]+\.[\w-]+$/.test(jwt)) return undefined;
  const read = {
    header: headerSchema.safeParse(json(header)),
    payload: payloadSchema.safeParse(json(payload)),
  };
  return read.header.success && read.payload.success
    ? { header: read.header.data, payload: read.payload.data }
    : undefined;
}

/** The service signs other things too: access tokens, introspection answers, logout tokens. They say what they are. */
function isIdToken({ header, payload }: Parts): boolean {
  return (header.typ === undefined || header.typ.toUpperCase() === "JWT") && payload.events === undefined;
}

function clientOf({ aud, azp }: Parts["payload"]): string | undefined {
  const audiences = [aud].flat();
  if (azp !== undefined) return audiences.includes(azp) ? azp : undefined;
  return audiences.length === 1 ? audiences[0] : undefined;
}

async function isSigned(
  { authlete }: Pick<FlowPorts, "authlete">,
  jose: string,
  clientIdentifier: string,
): Promise<boolean> {
  const mandatoryClaims = ["iss", "sub", "aud", "exp", "iat"];
  const verdict = await authlete["jose/verify"]({ jose, clientIdentifier, mandatoryClaims });
  if (verdict.signatureValid !== true || verdict.missingClaims?.length) return false;
  return verdict.valid === true || (verdict.invalidClaims ?? []).every((claim) => claim === "exp");
}

function json(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, "base64url").toString());
  } catch {
    return undefined;
  }
}
