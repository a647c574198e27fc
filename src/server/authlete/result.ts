import { z } from "zod";

/** Members that every answer of the API carries: a code and a text for logs. Never branch on them. */
export const resultMembers = {
  resultCode: z.string().optional(),
  resultMessage: z.string().optional(),
};

/** Members that tell which client a call concerned. */
export const clientMembers = {
  clientId: z.int().optional(),
  clientIdAlias: z.string().optional(),
  clientIdAliasUsed: z.boolean().optional(),
  clientEntityId: z.string().optional(),
  clientEntityIdUsed: z.boolean().optional(),
  metadataDocumentLocation: z.string().optional(),
  metadataDocumentUsed: z.boolean().optional(),
};

/** One branch of an answer: the value of `action` and the members that come with it. */
export function branch<Action extends string, Members extends z.ZodRawShape>(
  action: Action,
  members: Members,
) {
  return z.looseObject({ ...resultMembers, action: z.literal(action), ...members });
}

/** What an answer becomes when its `action` is none that the API describes today. */
export type UnknownAction = {
  action: "UNKNOWN_ACTION";
  receivedAction: string;
  resultCode?: string | undefined;
  resultMessage?: string | undefined;
};

/**
 * An answer as a discriminated union on `action`, with one more branch for an action that is not in the
 * list: a newer engine must not crash an older client, and no caller may mistake it for success.
 */
export function answer<
  const Branches extends readonly [z.core.$ZodTypeDiscriminable, ...z.core.$ZodTypeDiscriminable[]],
>(branches: Branches) {
  const known = z.discriminatedUnion("action", branches);
  const actions = known._zod.propValues.action ?? new Set();
  const unknown = z
    .looseObject({ ...resultMembers, action: z.string().refine((action) => !actions.has(action)) })
    .transform(
      ({ action, resultCode, resultMessage }): UnknownAction => ({
        action: "UNKNOWN_ACTION",
        receivedAction: action,
        resultCode,
        resultMessage,
      }),
    );
  return z.union([known, unknown]);
}
