/** Whether FAPI 1.0 Baseline, which Advanced builds on, is among the modes that hold for a client. */
export function isFapi1(modes: readonly string[]): boolean {
  return modes.some((mode) => mode.startsWith("FAPI1_"));
}

/** Whether one of the modes demands signed requests (FAPI 1.0 Advanced 5.2.2, FAPI 2.0 Message Signing 5.3.1). */
export function demandsSignedRequests(modes: readonly string[]): boolean {
  return modes.includes("FAPI1_ADVANCED") || modes.includes("FAPI2_MESSAGE_SIGNING_AUTH_REQ");
}
