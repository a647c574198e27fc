import type { Client } from "../../authlete/client.ts";
import { deliveryModeSchema } from "../../authlete/enumerations.ts";
import type { Request } from "../../authlete/operations.ts";
import type { Service } from "../../authlete/service.ts";
import { withOwnCodes } from "../client-request/own-codes.ts";
import type { EngineContext } from "../context.ts";
import { type Form, optionalParameter } from "../form.ts";
import { givenList } from "../given.ts";
import type { Confirmation } from "../records.ts";
import { refuse } from "../refusal.ts";
import { readBinding } from "../sender-constraint/binding.ts";
import type { BackchannelGrant } from "./backchannel-grant.ts";

export type DeliveryMode = BackchannelGrant["deliveryMode"];

/** How a client gets the result (CIBA Core 5): one way, by its registration. */
export function deliveryModeOf(service: Service, client: Client): DeliveryMode {
  const registered = deliveryModeSchema.safeParse(client.bcDeliveryMode);
  if (!registered.success) return refuse("A169301");
  const mode = registered.data;
  const supported = givenList(service.supportedBackchannelTokenDeliveryModes);
  if (supported && !supported.includes(mode)) refuse("A169302");
  if (mode !== "POLL" && !client.bcNotificationEndpoint) refuse("A902312");
  return mode;
}

const LONGEST_TOKEN = 1024;

/** RFC 6750 2.1. */
const BEARER_TOKEN = /^[A-Za-z0-9\-._~+/]+=*$/;

/** `client_notification_token` (CIBA Core 7.1): what the client will know notifications by. */
export function readNotificationToken(form: Form, mode: DeliveryMode): string | undefined {
  const token = optionalParameter(form, "client_notification_token", "A166304");
  if (token === undefined) return mode === "POLL" ? undefined : refuse("A155301");
  if (token.length > LONGEST_TOKEN) refuse("A155302");
  return BEARER_TOKEN.test(token) ? token : refuse("A155303");
}

/**
 * What tokens that are pushed will be bound to. A request has no place for a DPoP proof: a client that demands bound tokens
 * by proof cannot have them pushed.
 */
export async function pushedConfirmation(
  context: EngineContext,
  client: Client,
  { clientCertificate }: Partial<Request<"backchannel/authentication">>,
): Promise<Confirmation | undefined> {
  const codes = { A048351: "A180301", A244309: "A180302", A254301: "A243302", A152305: "A243302" } as const;
  const binding = await withOwnCodes(codes, () => readBinding(context, client, { clientCertificate }));
  return binding.confirmation;
}
