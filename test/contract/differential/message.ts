import type { TokenRequest } from "./code-flow-server.ts";
import { CHALLENGE, type Party, VERIFIER } from "./parties.ts";

/** A request of a client, and what is changed in it. Only those to the token endpoint have credentials. */
export type Message = TokenRequest;
export type Change = (message: Message, party: Party) => Message;

/** An authorization request that is right. */
export function authorizationRequest({ id, redirectUris: [redirectUri = ""] }: Party): Message {
  return {
    parameters: [
      ["response_type", "code"],
      ["client_id", id],
      ["redirect_uri", redirectUri],
      ["scope", "openid profile"],
      ["state", "state-of-the-client"],
      ["nonce", "nonce-of-the-client"],
      ["code_challenge", CHALLENGE],
      ["code_challenge_method", "S256"],
    ],
  };
}

/** A request that redeems a code, and is right. */
export function redemption(party: Party, code: string): Message {
  const [redirectUri = ""] = party.redirectUris;
  return asClient(party, [
    ["grant_type", "authorization_code"],
    ["code", code],
    ["redirect_uri", redirectUri],
    ["code_verifier", VERIFIER],
  ]);
}

/** A request that exchanges a refresh token, and is right. */
export function refreshRequest(party: Party, refreshToken: string): Message {
  return asClient(party, [
    ["grant_type", "refresh_token"],
    ["refresh_token", refreshToken],
  ]);
}

function asClient({ id, secret }: Party, parameters: Message["parameters"]): Message {
  return secret === undefined
    ? { parameters: [...parameters, ["client_id", id]] }
    : { parameters, basic: { id, secret } };
}

/** Gives a parameter one value, whatever it had. */
export function set(name: string, value: string): Change {
  return (message, party) => {
    const others = without(name)(message, party);
    return { ...others, parameters: [...others.parameters, [name, value]] };
  };
}

export function without(name: string): Change {
  return (message) => ({ ...message, parameters: message.parameters.filter(([known]) => known !== name) });
}

/** Sends a parameter twice, with the same value. */
export function twice(name: string): Change {
  return (message) => ({
    ...message,
    parameters: message.parameters.flatMap((pair) => (pair[0] === name ? [pair, pair] : [pair])),
  });
}

/** Changes the value that a parameter has. */
export function altered(name: string, alter: (value: string) => string): Change {
  return (message) => ({
    ...message,
    parameters: message.parameters.map(([known, value]) => [known, known === name ? alter(value) : value]),
  });
}
