import { createHash } from "node:crypto";

/** A client that both servers have. */
export type Party = {
  id: string;
  /** A public client has none. */
  secret?: string;
  redirectUris: readonly string[];
};

/** Confidential, authenticates by Basic, may go without PKCE. */
export const web: Party = {
  id: "4000",
  secret: "web-0123456789-0123456789-0123456789",
  redirectUris: ["https://web.example/callback"],
};

/** Public, and so PKCE is demanded of it. */
export const spa: Party = { id: "4001", redirectUris: ["https://spa.example/callback"] };

/** Confidential, with two redirect URIs. It is the wrong client for everything that the others were given. */
export const shop: Party = {
  id: "4002",
  secret: "shop-0123456789-0123456789-0123456789",
  redirectUris: ["https://shop.example/callback", "https://shop.example/other"],
};

export const parties = { web, spa, shop };
export const SCOPES = ["openid", "profile", "email"];
export const SUBJECT = "alice";
export const VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
export const CHALLENGE = createHash("sha256").update(VERIFIER).digest("base64url");
