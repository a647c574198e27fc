import type { FormBody } from "../../oauth/form-body.ts";

/**
 * The parameters of a request that is pushed, with `max_age=0` said in another way: by the time the request is used the API tells it as "no
 * limit", and what was pushed is not there to look at. Who may be asked is asked to sign in; where nobody may be, one second is the limit.
 *
 * @param text the parameters as they are to be sent.
 * @see OpenID Connect Core 1.0, section 3.1.2.1
 */
export function withFreshnessSaid({ parameters }: FormBody, text: string): string {
  const maxAge = parameters.get("max_age");
  if (parameters.has("request") || maxAge === undefined || !/^0+$/.test(maxAge)) return text;
  const prompts = (parameters.get("prompt") ?? "").split(" ").filter((prompt) => prompt !== "");
  if (prompts.includes("none")) return replaced(text, "max_age", "1");
  return prompts.includes("login") ? text : replaced(text, "prompt", ["login", ...prompts].join(" "));
}

function replaced(text: string, name: string, value: string): string {
  const others = text.split("&").filter((pair) => !new URLSearchParams(pair).has(name));
  return [...others, new URLSearchParams({ [name]: value }).toString()].join("&");
}
