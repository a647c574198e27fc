import type { ProfileClaims } from "./claims.ts";

const texts = {
  "given-name": "given_name",
  "family-name": "family_name",
  "middle-name": "middle_name",
  nickname: "nickname",
  profile: "profile",
  picture: "picture",
  website: "website",
  gender: "gender",
  birthdate: "birthdate",
  zoneinfo: "zoneinfo",
  locale: "locale",
  "phone-number": "phone_number",
} as const satisfies Record<string, keyof ProfileClaims>;

const addressTexts = {
  address: "formatted",
  "street-address": "street_address",
  locality: "locality",
  region: "region",
  "postal-code": "postal_code",
  country: "country",
} as const satisfies Record<string, keyof NonNullable<ProfileClaims["address"]>>;

type Options = Readonly<Record<string, string | boolean | undefined>>;

const text = { type: "string" } as const;
const flag = { type: "boolean" } as const;

/** The options of a command that says what an account claims, for `parseArgs`. */
export const claimOptions = {
  ...optionsOf(texts),
  ...optionsOf(addressTexts),
  "phone-number-verified": flag,
};

/**
 * The claims that the options of a command say.
 *
 * @param options values by name as `parseArgs` gives them; others than ours are left out.
 */
export function claimsOfOptions(options: Options): ProfileClaims {
  const address = named(addressTexts, options);
  return {
    ...named(texts, options),
    ...(options["phone-number-verified"] === true ? { phone_number_verified: true } : {}),
    ...(Object.keys(address).length > 0 ? { address } : {}),
  };
}

function optionsOf<Name extends string>(names: Record<Name, string>): Record<Name, typeof text> {
  return Object.fromEntries(Object.keys(names).map((name) => [name, text])) as Record<Name, typeof text>;
}

function named(names: Readonly<Record<string, string>>, options: Options): Record<string, string> {
  const given = Object.entries(names).flatMap(([option, claim]) => {
    const value = options[option];
    return typeof value === "string" ? [[claim, value] as const] : [];
  });
  return Object.fromEntries(given);
}
