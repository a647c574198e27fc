import { z } from "zod";

const text = z.string();
const tagged = z.array(z.object({ tag: text.optional(), value: text.optional() }));

/** A scope as a person is told about it. */
const scopeSchema = z.object({ name: text, description: text.optional(), descriptions: tagged.optional() });

/** Of an authorization detail (RFC 9396 2.2) what is the same for all types; `otherFields` is JSON text. */
const detailSchema = z.object({
  type: text,
  locations: z.array(text).optional(),
  actions: z.array(text).optional(),
  dataTypes: z.array(text).optional(),
  identifier: text.optional(),
  privileges: z.array(text).optional(),
  otherFields: text.optional(),
});

const clientSchema = z.object({
  /** The number, whatever name the request had for it. */
  id: text,
  name: text,
  /** https only. */
  home: text.optional(),
  logo: text.optional(),
  policy: text.optional(),
  terms: text.optional(),
  /** The same by language, as far as the client registered it. */
  localised: z
    .object({
      name: tagged.optional(),
      home: tagged.optional(),
      logo: tagged.optional(),
      policy: tagged.optional(),
      terms: tagged.optional(),
    })
    .optional(),
  /** Somebody else cannot pass for this client, so what was granted to it once need not be asked for again. */
  assured: z.boolean(),
});

/**
 * An authorization request that was found good and waits for a decision: what the engine said of it, as far as a decision needs it. It is
 * kept sealed, because of the ticket and of what it tells about a person.
 */
export const requestDocumentSchema = z.object({
  ticket: text,
  client: clientSchema,
  scopes: z.array(scopeSchema),
  /** Values of scopes that carry one, such as `payment:42`. */
  dynamicScopes: z.array(text),
  /** Names of claims for the ID token, and for the UserInfo endpoint. */
  idTokenClaims: z.array(text),
  userInfoClaims: z.array(text),
  /** Those that the parameter `claims` names: no scope speaks for them. */
  namedClaims: z.array(text),
  details: z.array(detailSchema),
  resources: z.array(text),
  prompts: z.array(text),
  /** Seconds; 0 asks for a fresh sign-in. */
  maxAge: z.number().optional(),
  /** Who has to be signed in. */
  subject: text.optional(),
  acrs: z.array(text),
  acrEssential: z.boolean(),
  loginHint: text.optional(),
  uiLocales: z.array(text),
  purpose: text.optional(),
  /** A grant is to be created or changed (Grant Management for OAuth 2.0). */
  changesGrant: z.boolean(),
  /** Nobody may be asked anything (`prompt=none`). */
  silent: z.boolean(),
  /** Seconds; absent: the service does not say. */
  accessSeconds: z.number().optional(),
  /** Seconds that access can be renewed for; absent: it cannot be renewed. */
  renewalSeconds: z.number().optional(),
  /** Milliseconds since the epoch. */
  createdAt: z.number(),
});

export type RequestDocument = z.infer<typeof requestDocumentSchema>;

/** What of a request pages work with. */
export type ShownRequest = Omit<RequestDocument, "ticket">;

/** The request of a sealed text; `undefined` when another release wrote it in another form. */
export function readDocument(sealedText: string): RequestDocument | undefined {
  return requestDocumentSchema.safeParse(JSON.parse(sealedText)).data;
}

/** The names of everything that is asked for as a scope. */
export function scopeNames({ scopes, dynamicScopes }: ShownRequest): string[] {
  return [...scopes.map(({ name }) => name), ...dynamicScopes];
}
