/** @type {import("next").NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  typedRoutes: true,
  // Addresses that have codes, tokens or mailed links in them do not belong on a screen either.
  logging: {
    incomingRequests: {
      ignore: [/^\/(?:oauth|interaction|login|register|reset|verify|consent|choose-account|device|logout)\b/],
    },
  },
  serverExternalPackages: ["@node-rs/argon2", "undici"],
  // What Next keeps of a body while `src/proxy.ts` looks at it. Forms may have 64 KB; more is read only to see that it is too much.
  experimental: { proxyClientMaxBodySize: 262_144 },
};

export default config;
