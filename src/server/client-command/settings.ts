import { type Client, clientSchema } from "../authlete/client.ts";
import { wrongLogoutMember } from "../oauth/logout-metadata.ts";
import { clientOptions, listed, logoutOptions, type Words } from "./options.ts";

/** Something in a call is not what it can be. The text is for people and names the option. */
export class ClientRefusedError extends Error {
  override readonly name = "ClientRefusedError";
}

/** What a call says about a client, by option. */
export type GivenOptions = Readonly<Record<string, Words | undefined>>;

/**
 * The settings of a new client: authorization code and refresh token, confidential, unless the call says otherwise.
 *
 * @throws ClientRefusedError naming the option.
 */
export function newClient(given: GivenOptions): Client {
  const isPublic = given.public?.at(-1) === true;
  const basis: Client = {
    clientType: isPublic ? "PUBLIC" : "CONFIDENTIAL",
    applicationType: "WEB",
    grantTypes: ["AUTHORIZATION_CODE", "REFRESH_TOKEN"],
    responseTypes: ["CODE"],
    tokenAuthMethod: isPublic ? "NONE" : "CLIENT_SECRET_BASIC",
    pkceRequired: true,
    pkceS256Required: true,
  };
  const client = changedClient(basis, given);
  if (!client.clientName)
    throw new ClientRefusedError("--name: a client has to have a name that people are shown");
  if (isPublic && client.tokenAuthMethod !== "NONE") {
    throw new ClientRefusedError("--auth-method: a public client cannot authenticate");
  }
  const needsAddress = client.grantTypes?.includes("AUTHORIZATION_CODE");
  if (needsAddress && !client.redirectUris?.length) {
    throw new ClientRefusedError("--redirect-uri: the grant type authorization_code needs one");
  }
  // Nothing else would keep it from asking for the scope that issues tokens for everybody.
  const isLimited = client.extension?.requestableScopesEnabled === true;
  if (client.grantTypes?.includes("CLIENT_CREDENTIALS") && !isLimited) {
    throw new ClientRefusedError("--scope: the grant type client_credentials needs its scopes written down");
  }
  return client;
}

/**
 * A client with what a call changes of it. An update replaces the whole, so all the rest is kept.
 *
 * @throws ClientRefusedError naming the option.
 */
export function changedClient(client: Client, given: GivenOptions): Client {
  const members = Object.entries(clientOptions).flatMap(([name, option]) => {
    const words = given[name];
    if (words === undefined) return [];
    const value = option.read(words);
    if (value === undefined) throw new ClientRefusedError(`--${name}: ${option.help}`);
    return [[option.member, value] as const];
  });
  return checked({
    ...client,
    ...Object.fromEntries(members),
    ...scopes(client, given.scope),
    ...aliasEnabled(given),
    ...logout(client, given),
    ...further(given.set),
  });
}

function checked(client: Client): Client {
  const parsed = clientSchema.safeParse(client);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new ClientRefusedError(`${optionFor(String(issue?.path[0]))}: ${issue?.message}`);
}

function scopes(client: Client, words: Words | undefined): Client {
  if (words === undefined) return {};
  const requestableScopes = listed(words)
    .flatMap((word) => word.split(/\s+/))
    .filter(Boolean);
  return { extension: { ...client.extension, requestableScopesEnabled: true, requestableScopes } };
}

function aliasEnabled({ alias }: GivenOptions): Client {
  return alias === undefined ? {} : { clientIdAliasEnabled: alias.at(-1) !== "" };
}

function logout({ customMetadata }: Client, given: GivenOptions): Client {
  const changes = Object.entries(logoutOptions).flatMap(([name, { member, many }]) => {
    const words = given[name];
    return words === undefined ? [] : [[member, many ? listed(words) : words.at(-1)] as const];
  });
  if (changes.length === 0) return {};
  // An empty text takes a member away. Which mode the server runs in is not known here: the sender of notices refuses what only development may.
  const added = Object.fromEntries(changes.filter(([, value]) => value !== ""));
  const wrong = wrongLogoutMember(added, { plainLoopback: true });
  if (wrong !== undefined)
    throw new ClientRefusedError(
      `${logoutOptionFor(wrong)}: must be a whole address without fragment that an application can have`,
    );
  const before = customMetadata ? (JSON.parse(customMetadata) as object) : {};
  return { customMetadata: JSON.stringify({ ...before, ...Object.fromEntries(changes) }) };
}

function logoutOptionFor(member: string): string {
  return `--${Object.entries(logoutOptions).find(([, option]) => option.member === member)?.[0]}`;
}

/** `--set member=value`: any member of the Client object. The value is JSON; what is not JSON is a text. */
function further(words: Words | undefined): Client {
  const pairs = (words ?? []).map((word) => {
    const [, member = "", value = ""] = /^(\w+)=(.*)$/s.exec(String(word)) ?? [];
    if (!(member in clientSchema.shape)) {
      throw new ClientRefusedError(`--set: ${member || String(word)} is no member of a client`);
    }
    return [member, parsed(value)] as const;
  });
  return Object.fromEntries(pairs);
}

function parsed(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

/** The option that sets a member of the Client object. */
export function optionFor(member: string): string {
  const found = Object.entries(clientOptions).find(([, option]) => option.member === member);
  if (found) return `--${found[0]}`;
  return (
    { customMetadata: "--post-logout-redirect-uri and the other options of logout", extension: "--scope" }[
      member
    ] ?? `--set ${member}`
  );
}
