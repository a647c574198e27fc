/** The client of the bench, at the engine and at its peer. */
export const CLIENT = { id: "4000", secret: "the-secret-of-the-client-that-the-bench-uses" } as const;

export const REDIRECT_URI = "https://client.example/callback";

export const SCOPES = "openid profile";
