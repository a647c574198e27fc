import type { Client } from "../../../authlete/client.ts";
import { Refusal, type RefusalCode } from "../../refusal.ts";
import type { AuthorizationRequest } from "../authorization-request.ts";

/** The way back to a client that was found out to be its own: nothing is ever sent another way. */
export type ResponseChannel = Pick<
  AuthorizationRequest,
  "redirectUri" | "responseMode" | "state" | "clientIdAliasUsed"
> & { client: Client };

/** A refusal that the client learns by redirect (RFC 6749 4.1.2.1). To those who know no redirects it is a plain one. */
export class RedirectedRefusal extends Refusal {
  override readonly name = "RedirectedRefusal";
  readonly channel: ResponseChannel;

  constructor(code: RefusalCode, channel: ResponseChannel) {
    super(code);
    this.channel = channel;
  }
}

/** Runs rules whose refusals go to the client by a channel that is known by now. */
export async function throughChannel<Result>(
  channel: () => Promise<ResponseChannel | undefined> | ResponseChannel | undefined,
  rules: () => Result | Promise<Result>,
): Promise<Result> {
  try {
    return await rules();
  } catch (error) {
    if (!(error instanceof Refusal) || error instanceof RedirectedRefusal) throw error;
    const known = await channel();
    throw known ? new RedirectedRefusal(error.code, known) : error;
  }
}
