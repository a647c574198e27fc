import { answerFailure } from "../flow/oauth-failure.ts";
import { answerUserinfoRequest, type UserinfoRequest } from "../flow/oauth-userinfo.ts";
import type { FlowPorts } from "../flow/ports.ts";
import { readAccessToken } from "../oauth/bearer.ts";
import { parseFormBody, requireFormType } from "../oauth/form-body.ts";
import type { Endpoint } from "./endpoint.ts";
import { readFormText } from "./form-request.ts";
import { type RequestSettings, readProvedRequest } from "./proved-request.ts";
import { methodNotAllowed, reply } from "./reply.ts";

/** `GET` and `POST /oauth/userinfo`: the claims of the person who an access token is for (OIDC Core 5.3). */
export function createUserinfoEndpoint(ports: FlowPorts): Endpoint {
  return async (request) => {
    if (!["GET", "HEAD", "POST"].includes(request.method)) return methodNotAllowed("GET, HEAD, POST");
    try {
      return reply(await answerUserinfoRequest(ports, await readUserinfoRequest(request, ports.settings)));
    } catch (error) {
      return reply(answerFailure(ports, "userinfo", error));
    }
  };
}

async function readUserinfoRequest(request: Request, settings: RequestSettings): Promise<UserinfoRequest> {
  const presented = readAccessToken({
    authorization: request.headers.get("authorization"),
    inForm: await tokenInForm(request),
    url: request.url,
  });
  return { ...readProvedRequest(request, settings), presented };
}

/** A POST need not have a body: with the token in the header there is nothing to say in it. */
async function tokenInForm(request: Request): Promise<string | undefined> {
  const contentType = request.headers.get("content-type");
  if (request.method !== "POST" || contentType === null) return undefined;
  requireFormType(contentType);
  return parseFormBody(await readFormText(request)).parameters.get("access_token");
}
