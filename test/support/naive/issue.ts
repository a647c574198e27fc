import { createHmac } from "node:crypto";
import type { TokenIssueResponse } from "../../../src/server/authlete/messages/token-issue.ts";
import type { Services } from "../../../src/server/services.ts";
import type { NaiveIssueInput } from "./router.ts";

type Issued = Extract<TokenIssueResponse, { action: "OK" }>;

/** Sends to the engine what the caller sent, and gives back what the engine answered. */
export async function issueNaively(
  services: Services,
  input: NaiveIssueInput,
  freshTicket?: () => Promise<string>,
): Promise<Issued> {
  try {
    return await send(services, input);
  } catch (error) {
    if (!freshTicket) throw error;
    return send(services, { ...input, ticket: await freshTicket() });
  }
}

async function send({ authlete }: Services, { jwtAtClaims, ...input }: NaiveIssueInput): Promise<Issued> {
  const text = typeof jwtAtClaims === "object" ? JSON.stringify(jwtAtClaims) : jwtAtClaims;
  const given = Object.entries({ ...input, jwtAtClaims: text }).filter(([, value]) => value !== undefined);
  const answer = await authlete["auth/token/issue"](Object.fromEntries(given) as typeof input);
  if (answer.action !== "OK") throw new Error(`The engine refused: ${JSON.stringify({ input, answer })}`);
  return {
    ...answer,
    responseContent: withProperties(answer.responseContent, input.properties),
    ...(answer.jwtAccessToken ? { jwtAccessToken: withClaims(answer.jwtAccessToken, text) } : {}),
  };
}

/** It also leaves out some of the claims, so the token is made again. */
export function withClaims(token: string, text = "{}"): string {
  const payload = Buffer.from(token.split(".")[1] ?? "", "base64url").toString();
  const claims = JSON.stringify({ ...JSON.parse(payload), ...JSON.parse(text) });
  const signed = [JSON.stringify({ alg: "HS256" }), claims].map((part) =>
    Buffer.from(part).toString("base64url"),
  );
  return [...signed, createHmac("sha256", "secret").update(signed.join(".")).digest("base64url")].join(".");
}

/** The engine leaves out some of the properties, which a customer has complained about. */
export function withProperties(
  text: string | undefined,
  properties: { key?: string | undefined; value?: string | undefined; hidden?: boolean | undefined }[] = [],
): string {
  const response = JSON.parse(text ?? "{}") as Record<string, unknown>;
  for (const { key = "", value, hidden } of properties) if (!hidden) response[key] = value;
  return JSON.stringify(response);
}
