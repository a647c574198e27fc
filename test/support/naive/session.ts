import type { Services } from "../../../src/server/services.ts";
import { issueNaively } from "./issue.ts";
import { passwordTicket } from "./ticket.ts";

/** A session as a hurried team keeps it: tokens are texts like any other. */
export async function openNaiveSession(services: Services, subject: string) {
  const ticket = await passwordTicket(services);
  const { accessToken, refreshToken } = await issueNaively(services, { ticket, subject });
  return { subject, tokens: { accessToken, refreshToken } };
}
