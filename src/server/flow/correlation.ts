import type { FlowPorts } from "./ports.ts";

const BYTES = 9;

/** A value that ties what one caller sees to what the log says. */
export function newCorrelationId({ random }: Pick<FlowPorts, "random">): string {
  return Buffer.from(random(BYTES)).toString("base64url");
}
