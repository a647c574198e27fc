/** Signs out, and goes back to wherever the request says. */
export async function naiveLogout(parameters: URLSearchParams): Promise<string | undefined> {
  return parameters.get("post_logout_redirect_uri") ?? undefined;
}
