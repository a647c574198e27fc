import type { RefusalRow } from "../refusal-row.ts";

const request = (text: string) => ["BAD_REQUEST", "invalid_request", text] as const;
const requestUri = (text: string) => ["BAD_REQUEST", "invalid_request_uri", text] as const;
const object = (text: string) => ["BAD_REQUEST", "invalid_request_object", text] as const;

/** What `auth/authorization` and `pushed_auth_req` refuse of request objects (RFC 9101) and pushed requests (RFC 9126). */
export const requestObjectRefusals = {
  A005301: object("The request object is not a JWT."),
  A005305: object("The encrypted request object holds another encrypted one."),
  A005307: object("The request object names no signature algorithm."),
  A005316: object("The request object is signed with a secret, and the client is public."),
  A005320: object("The signature algorithm of the request object is not supported."),
  A005328: object("The signature of the request object is not valid."),
  A005332: object("The client has no keys that the signature of the request object could be verified with."),
  A005336: object("The request object is not signed with the algorithm that the client has registered."),
  A005364: object("The request object cannot be decrypted."),
  A005378: object("The payload of the request object is not a JSON object."),
  A005384: ["BAD_REQUEST", "request_uri_not_supported", "Requests are not taken from a URL of the client."],
  A005387: object("The client_id in the request object is not a text."),
  A005391: object("The client_id in the request object is not the one of the request."),
  A005395: object("The response_type in the request object is not a text."),
  A006304: object("The response_type in the request object is not the one of the request."),
  A006308: object("The request object holds the parameter request."),
  A006312: object("The request object holds the parameter request_uri."),
  A006326: object("The request object has no response_type."),
  A006330: object(
    "The request object is not encrypted with the key algorithm that the client has registered.",
  ),
  A006332: object(
    "The request object is not encrypted with the content algorithm that the client has registered.",
  ),
  A006334: object("A request object in the front channel has to be encrypted."),
  A006335: object("The claim exp of the request object is not a number."),
  A006339: object("The request object has expired."),
  A006343: object("The claim nbf of the request object is not a number."),
  A006347: object("The request object is not valid yet."),
  A006351: object("The request object has no audience."),
  A006355: object("The audience of the request object is neither a text nor a list."),
  A006359: object("The request object is not for this service."),
  A006367: object("The issuer of the request object is not the client."),
  A007303: request("The request object has the scope openid, and the request has no scope."),
  A007304: request("The request object has the scope openid, and the request does not."),
  A008301: request("The parameter request is given more than once."),
  A008302: request("The parameter request_uri is given more than once."),
  A008303: requestUri("The request_uri is unknown, has expired, or was used."),
  A008304: request("The parameters request and request_uri do not go together."),
  A008305: request("The client has to push its authorization requests."),
  A008306: request("The service demands pushed authorization requests."),
  A008307: request("The client has to push its authorization requests; this request_uri is of another kind."),
  A008308: request("The service demands pushed authorization requests; this request_uri is of another kind."),
  A008309: request("The client has to use request objects."),
  A008310: request("The service demands request objects."),
  A008311: object("The request object is not signed."),
  A150319: object("The request object has no claim exp."),
  A150351: object("The request object has no claim nbf."),
  A150365: object("The request object is valid for longer than 60 minutes."),
  A248301: request("The parameter request_uri may not be pushed."),
} as const satisfies Record<string, RefusalRow>;
