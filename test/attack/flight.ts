import { execFileSync } from "node:child_process";

/** What stands in place of a secret in a model that is sent to the process. */
export const SECRET_MEMBER = "$secret";

/**
 * The RSC payload of props: React's own encoder, which runs only where packages are resolved for its server.
 *
 * @param model JSON; an object with the one member `$secret` becomes a `Secret` there.
 */
export function flightOf(model: unknown): string {
  const script = `${import.meta.dirname}/flight-process.ts`;
  const options = { input: JSON.stringify(model), env: { NODE_ENV: "production" as const } };
  return execFileSync(process.execPath, ["--conditions=react-server", script], options).toString();
}
