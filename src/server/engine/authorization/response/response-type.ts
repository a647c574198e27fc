import type { ResponseType } from "../../../authlete/enumerations.ts";

/** The combinations of RFC 6749 and OAuth 2.0 Multiple Response Type Encoding Practices, by the API's names for them. */
const parts: Record<ResponseType, readonly string[]> = {
  NONE: ["none"],
  CODE: ["code"],
  TOKEN: ["token"],
  ID_TOKEN: ["id_token"],
  CODE_TOKEN: ["code", "token"],
  CODE_ID_TOKEN: ["code", "id_token"],
  ID_TOKEN_TOKEN: ["id_token", "token"],
  CODE_ID_TOKEN_TOKEN: ["code", "id_token", "token"],
};

/** What a successful response carries. */
export type ResponseContents = {
  code: boolean;
  token: boolean;
  idToken: boolean;
  /** Tokens go through the browser: not in a query, and only over https for web clients. */
  frontChannelTokens: boolean;
};

/** What the successful response to a response type carries. */
export function contentsOf(responseType: ResponseType): ResponseContents {
  const [code, token, idToken] = ["code", "token", "id_token"].map((part) =>
    parts[responseType].includes(part),
  );
  return {
    code: code === true,
    token: token === true,
    idToken: idToken === true,
    frontChannelTokens: token === true || idToken === true,
  };
}

/** The response type of a `response_type` value, whose parts may come in any order (RFC 6749 3.1.1). */
export function responseTypeOf(value: string): ResponseType | undefined {
  const asked = value.split(" ").sort().join(" ");
  return (Object.keys(parts) as ResponseType[]).find((type) => parts[type].join(" ") === asked);
}

/** The `response_type` value of a response type. */
export function responseTypeValue(type: ResponseType): string {
  return parts[type].join(" ");
}

/** Whether a text is the API's name of a response type. */
export function isResponseType(name: string): name is ResponseType {
  return Object.hasOwn(parts, name);
}
