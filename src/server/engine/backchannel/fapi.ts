import type { Caller } from "../client-authentication/credentials.ts";
import { fapiModes, isBeyondBaseline } from "../client-authentication/fapi-mode.ts";
import type { EngineContext } from "../context.ts";
import { refuse } from "../refusal.ts";
import type { BackchannelRequest } from "./backchannel-request.ts";

/** What FAPI modes demand of a request that is otherwise good (FAPI-CIBA 5.2.2). */
export function checkBackchannelFapi(
  { service }: EngineContext,
  { client }: Caller,
  { isSigned, read }: { isSigned: boolean; read: BackchannelRequest },
): void {
  const modes = fapiModes(service, client);
  if (modes.length === 0) return;
  if (read.grant.deliveryMode === "PUSH") refuse("A243302");
  if (isBeyondBaseline(modes) && !isSigned) refuse("A243303");
  if (service.backchannelBindingMessageRequiredInFapi && read.bindingMessage === undefined) refuse("A243301");
}
