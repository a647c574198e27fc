import type { z } from "zod";

export type Method = "GET" | "POST" | "PUT" | "DELETE";

/** A method and a path, relative to `/api/{serviceId}/`. A segment in braces is filled from the request member of that name. */
export type Route = { method: Method; path: string };

/**
 * A row of the contract table.
 *
 * - `method`, `path`: how the operation is called. Members that are not in the path are the query of a GET or DELETE
 *   request, the body of a POST or PUT request.
 * - `aliases`: the other routes that the API has for the operation. The engine serves them all.
 * - `outsideService`: the path is relative to `/api/`: no service stands in it.
 * - `unauthenticated`: needs no access token.
 * - `emptyAnswer`: what an answer without content (204) means; other operations never answer like that.
 * - `answerType`: the answer is a plain text; otherwise it is JSON.
 * - `repeatable`: asking twice changes nothing, so a client may ask again. False for whatever consumes, issues, creates,
 *   or answers differently the second time: a lost answer there is an unknown outcome, and unknown outcomes are final.
 */
export type Operation = Route & {
  aliases?: readonly Route[];
  outsideService?: true;
  unauthenticated?: true;
  request: z.ZodObject;
  response: z.ZodType;
  repeatable: boolean;
  emptyAnswer?: Record<string, unknown>;
  answerType?: "text/plain";
};
