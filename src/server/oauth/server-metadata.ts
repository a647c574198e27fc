/** A metadata document as JSON has it (RFC 8414 section 2, OpenID Connect Discovery 1.0 section 3). */
export type ServerMetadata = Readonly<Record<string, unknown>>;

/** What the front of the server decides about the document; the engine behind it cannot know. */
export type FrontAbilities = {
  /** Whether client certificates arrive here (RFC 8705). */
  certificates: boolean;
  /** Whether clients may register themselves. */
  registration: boolean;
  /** Whether any client may use the password grant at the public token endpoint. */
  passwordGrant: boolean;
  /** Whether people may make accounts by themselves (`prompt=create`). */
  accountRegistration: boolean;
};

/** Logging out everywhere is the front's doing (OIDC Back-Channel Logout 2.1, Front-Channel Logout 3). */
const logout = {
  backchannel_logout_supported: true,
  backchannel_logout_session_supported: true,
  frontchannel_logout_supported: true,
  frontchannel_logout_session_supported: true,
};

const AUTHENTICATION_METHODS = /_endpoint_auth_methods_supported$/;
const CERTIFICATE_METHODS: ReadonlySet<unknown> = new Set(["tls_client_auth", "self_signed_tls_client_auth"]);

/** The engine lets anybody ask; the front lets those who can prove who they are (RFC 7662 section 2.1). */
const INTROSPECTION_METHODS = "introspection_endpoint_auth_methods_supported";

/**
 * The engine's document as what the whole server does: with the logouts that the front carries out, and without what never gets
 * through it.
 */
export function publishedMetadata(document: ServerMetadata, abilities: FrontAbilities): ServerMetadata {
  const members = Object.entries(document).map(([name, value]) => [name, possible(name, value, abilities)]);
  const published = { ...Object.fromEntries(members), ...logout };
  return Object.fromEntries(Object.entries(published).filter(([, value]) => value !== undefined));
}

function possible(name: string, value: unknown, abilities: FrontAbilities): unknown {
  const { certificates, registration, passwordGrant, accountRegistration } = abilities;
  if (name === "registration_endpoint" && !registration) return undefined;
  if (name === "grant_types_supported" && !passwordGrant) return without(value, "password");
  if (name === "prompt_values_supported" && !accountRegistration) return without(value, "create");
  if (!AUTHENTICATION_METHODS.test(name) || !Array.isArray(value)) return value;
  const methods = certificates ? value : value.filter((method) => !CERTIFICATE_METHODS.has(method));
  return name === INTROSPECTION_METHODS ? without(methods, "none") : methods;
}

function without(values: unknown, left: string): unknown {
  return Array.isArray(values) ? values.filter((value) => value !== left) : values;
}

/**
 * The path of an issuer: what stands behind `/.well-known/oauth-authorization-server` in the address of its document (RFC 8414
 * section 3.1).
 *
 * @returns the path without a slash at its end; empty for an issuer that is an origin, and for none.
 */
export function issuerPath(issuer: unknown): string {
  if (typeof issuer !== "string" || !URL.canParse(issuer)) return "";
  return new URL(issuer).pathname.replace(/\/+$/, "");
}
