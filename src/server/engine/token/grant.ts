import type { ClientAuthMethod } from "../../authlete/enumerations.ts";
import type { Request, Response } from "../../authlete/operations.ts";
import type { IdentifiedClient } from "../client-authentication/credentials.ts";
import type { EngineContext } from "../context.ts";
import type { Form } from "../form.ts";

/** A token request whose client is authenticated and may use the grant. */
export type GrantRequest = {
  request: Partial<Request<"auth/token">>;
  form: Form;
  caller: IdentifiedClient & { clientAuthMethod: ClientAuthMethod };
};

/** The checks and effects of one grant type. */
export type GrantRule = (context: EngineContext, grant: GrantRequest) => Promise<Response<"auth/token">>;
