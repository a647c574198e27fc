import { z } from "zod";
import { readEmail } from "./email.ts";

const MAXIMUM_TEXT = 500;
const MAXIMUM_URL = 2_048;
const REFUSED = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]/u;

const text = z
  .string()
  .trim()
  .normalize("NFC")
  .min(1, "is empty")
  .max(MAXIMUM_TEXT, "is too long")
  .refine((value) => !REFUSED.test(value), "has invisible characters");

const webAddress = z
  .string()
  .max(MAXIMUM_URL, "is too long")
  .refine((value) => isWebAddress(value), "is not a web address");

/** The lines of an address that is printed whole stand below each other. */
const formatted = z
  .string()
  .trim()
  .normalize("NFC")
  .min(1, "is empty")
  .max(MAXIMUM_TEXT, "is too long")
  .refine((value) => !REFUSED.test(value.replace(/\r?\n/g, "")), "has invisible characters");

/** The address claim (OIDC Core 5.1.1). */
export const addressSchema = z.strictObject({
  formatted: formatted.optional(),
  street_address: formatted.optional(),
  locality: text.optional(),
  region: text.optional(),
  postal_code: text.optional(),
  country: text.optional(),
});

/**
 * What an account says of its end-user beside user name, name and e-mail address, which have columns of their own: the standard claims of
 * OIDC Core 5.1, in their JSON types.
 */
export const profileClaimsSchema = z.strictObject({
  given_name: text.optional(),
  family_name: text.optional(),
  middle_name: text.optional(),
  nickname: text.optional(),
  profile: webAddress.optional(),
  picture: webAddress.optional(),
  website: webAddress.optional(),
  gender: text.optional(),
  birthdate: z
    .string()
    .refine(isBirthdate, "is not a date such as 1990-12-31, 0000-12-31 or 1990")
    .optional(),
  zoneinfo: z.string().refine(isTimeZone, "is not a time zone such as Europe/Paris").optional(),
  locale: z.string().refine(isLocale, "is not a language tag such as en-US").optional(),
  phone_number: z
    .string()
    .regex(/^\+[1-9]\d{3,14}(?:;ext=\d{1,15})?$/, "is not a number such as +81312345678")
    .optional(),
  phone_number_verified: z.boolean().optional(),
  address: addressSchema.optional(),
});

export type ProfileClaims = z.infer<typeof profileClaimsSchema>;

/** The claims of an end-user by name (OIDC Core 5.1), without `sub`. */
export type StandardClaims = Readonly<Record<string, unknown>>;

/**
 * Puts the standard claims of an account together.
 *
 * @param account its times are milliseconds since the epoch; `updated_at` is in seconds.
 */
export function standardClaims(account: {
  username: string;
  name: string;
  email: string | undefined;
  emailVerified: boolean;
  claims: ProfileClaims;
  updatedAt: number;
}): StandardClaims {
  const email = account.email === undefined ? undefined : readEmail(account.email);
  return {
    ...account.claims,
    name: account.name,
    preferred_username: account.username,
    ...(email === undefined ? {} : { email, email_verified: account.emailVerified }),
    ...(account.updatedAt > 0 ? { updated_at: Math.floor(account.updatedAt / 1000) } : {}),
  };
}

function isWebAddress(value: string): boolean {
  if (REFUSED.test(value) || !URL.canParse(value)) return false;
  return ["https:", "http:"].includes(new URL(value).protocol);
}

/** A year, or a day; the year 0000 stands for one that is not told (OIDC Core 5.1). */
function isBirthdate(value: string): boolean {
  if (/^\d{4}$/.test(value)) return value !== "0000";
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  // A year that is not told may have had a 29th of February.
  const day = value.replace(/^0000/, "2000");
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
}

function isTimeZone(value: string): boolean {
  if (!/^[A-Za-z]/.test(value)) return false;
  try {
    return Boolean(new Intl.DateTimeFormat("en", { timeZone: value }));
  } catch {
    return false;
  }
}

function isLocale(value: string): boolean {
  try {
    return Intl.getCanonicalLocales(value).length === 1;
  } catch {
    return false;
  }
}
