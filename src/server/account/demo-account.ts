import type { Account } from "./ports.ts";

/**
 * What the demo user of a development checkout claims beside name and password: every standard claim, so that a client sees what each scope
 * gives. The address is reserved for examples (RFC 2606), as the telephone number is.
 */
export const demoAccount: Pick<Account, "email" | "emailVerified" | "claims"> = {
  email: "demo@example.com",
  emailVerified: true,
  claims: {
    given_name: "Demo",
    family_name: "User",
    middle_name: "Example",
    nickname: "Demi",
    profile: "https://example.com/people/demo",
    picture: "https://example.com/people/demo.png",
    website: "https://example.com/",
    gender: "other",
    birthdate: "1990-12-31",
    zoneinfo: "Europe/London",
    locale: "en-GB",
    phone_number: "+442079460123",
    phone_number_verified: true,
    address: {
      formatted: "1 Example Street\nLondon\nSW1A 1AA\nUnited Kingdom",
      street_address: "1 Example Street",
      locality: "London",
      region: "England",
      postal_code: "SW1A 1AA",
      country: "United Kingdom",
    },
  },
};
