/** What `jose/verify` may find wrong with an object, by result code. */
export const joseDefects = {
  A160101: "The object is encrypted: only signatures are verified.",
  A160108: "The keys of the client cannot be fetched.",
  A160201: "The call has no object to verify.",
  A160202:
    "The object is no JWS in compact serialization, or has critical extensions, of which none is understood.",
  A160203: "The payload is no JSON object, although it has to have claims.",
  A160204: "A mandatory claim is missing",
  A160205: "A time is not a number",
  A160206: "The object has expired",
  A160207: "The object is issued in the future",
  A160208: "The object is not in force yet",
  A160210: "The header does not name the algorithm of the signature.",
  A160211: "The algorithm of the signature is not supported; without a signature nothing is valid.",
  A160214: "The issuer, which has to be the client, is not a text.",
  A160215: "The call does not tell which client has signed, and neither does the object.",
  A160216: "There is no such client, or it is locked.",
  A160217: "The client has no secret that the signature could be made with.",
  A160218: "The service has no keys.",
  A160219: "The signature is not valid.",
  A160221: "None of the keys fits the algorithm and the key identifier of the object.",
  A160301: "The client has registered no keys.",
} as const satisfies Record<string, string>;

export type JoseDefectCode = keyof typeof joseDefects;
