import type { Request, Response } from "../../authlete/operations.ts";
import type { Caller } from "../client-authentication/credentials.ts";
import type { EngineContext } from "../context.ts";
import type { Form } from "../form.ts";
import type { Binding } from "../sender-constraint/binding.ts";

/** A token request whose client is authenticated and may use the grant. */
export type GrantRequest = {
  request: Partial<Request<"auth/token">>;
  form: Form;
  caller: Caller;
  /** What the tokens have to be bound to: both members of it belong in the `details` of the stored token. */
  binding: Binding;
};

/** A token request of a grant type that does without knowing its client. */
export type AnonymousGrantRequest = Omit<GrantRequest, "caller"> & { caller: Caller | undefined };

/** The checks and effects of one grant type. */
export type GrantRule = (context: EngineContext, grant: GrantRequest) => Promise<Response<"auth/token">>;
