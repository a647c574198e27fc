import { z } from "zod";
import { propertySchema } from "./members.ts";

/** What goes into an ID token beside what the engine knows. */
export const idTokenMembers = {
  /** The claim `sub`, where it is not the subject. */
  sub: z.string().optional(),
  /** JSON text of an object with the values of claims; names may carry a locale (`name#ja`). */
  claims: z.string().optional(),
  /** JSON text of an object, merged into the header of the ID token. */
  idtHeaderParams: z.string().optional(),
  /** Whether the claim `aud` is an `array` or a `string`. */
  idTokenAudType: z.string().optional(),
};

/** Who the user is and what was decided: requests that end an authorization with a yes share it. */
export const userDecisionMembers = {
  /** Unique identifier of the user, 1 to 100 ASCII characters. Absent where nothing is issued. */
  subject: z.string().optional(),
  /** When the user was authenticated, in seconds since the epoch, and how. */
  authTime: z.int().optional(),
  acr: z.string().optional(),
  ...idTokenMembers,
  properties: z.array(propertySchema).optional(),
  /** Replaces the scopes asked for. An empty list is a list. */
  scopes: z.array(z.string()).optional(),
  /** Names of the claims the user agreed to. */
  consentedClaims: z.array(z.string()).optional(),
  /** JSON text of an object with extra payload claims of a JWT access token. */
  jwtAtClaims: z.string().optional(),
  /** Seconds; 0 and negative values count as not given. */
  accessTokenDuration: z.int().optional(),
};
