import { gateConfig, secretOf } from "../support/gate.ts";
import { attack } from "./attack.ts";

type Variables = Record<string, string>;

/** Reads variables; gives what the program then works with, or nothing when it does not start. */
type Reader = { read(env: Variables): string | undefined };

const cloud = { AUTHLETE_SERVICE_ID: "1", AUTHLETE_API_TOKEN: secretOf("engine") };

function started(env: Variables) {
  try {
    return gateConfig(env);
  } catch {
    return undefined;
  }
}

const engineUrl = {
  naive: (): Reader => ({
    read: (env) => (URL.canParse(env.AUTHLETE_BASE_URL ?? "") ? env.AUTHLETE_BASE_URL : undefined),
  }),
  ours: (): Reader => ({
    read(env) {
      const engine = started({ ...cloud, ...env })?.engine;
      return engine?.kind === "cloud" ? engine.baseUrl : undefined;
    },
  }),
};

/** Where the engine's credential, tickets and client secrets would go. */
const engines: [title: string, url: string][] = [
  ["a host in the clear", "http://us.authlete.com"],
  ["the metadata service of a cloud", "http://169.254.169.254/latest/meta-data"],
  ["a host that begins as this machine does", "http://localhost.evil.example"],
  ["a host behind what looks like a user name", "https://us.authlete.com@evil.example"],
  ["a host with credentials of its own", "https://user:password@us.authlete.com"],
  ["every address of this machine", "http://0.0.0.0:8080"],
  ["another protocol", "ftp://us.authlete.com"],
  ["a file", "file:///etc/passwd"],
  ["a query that takes the path in", "https://evil.example/?to="],
  ["a fragment that drops the path", "https://evil.example/#"],
];

for (const [title, url] of engines) {
  attack(`have this server talk to ${title}: ${url}`, {
    surface: "configuration",
    ...engineUrl,
    async run({ read }) {
      const gained = read({ AUTHLETE_BASE_URL: url });
      return { succeeded: gained !== undefined, gained };
    },
    honest: async ({ read }) =>
      [
        "https://us.authlete.com",
        "https://proxy.example/authlete",
        "http://localhost:9000",
        "http://[::1]:9000",
      ].every((own) => read({ AUTHLETE_BASE_URL: own }) === own),
  });
}

const ownOrigin = {
  naive: (): Reader => ({ read: (env) => env.TICKETGATE_ORIGIN }),
  ours: (): Reader => ({ read: (env) => started(env)?.origin }),
};

/** What would be issuer, trusted by our own checks, and in front of every link. */
const origins: [title: string, origin: string][] = [
  ["a host in the clear", "http://login.example.com"],
  ["a host behind what looks like a user name", "https://login.example.com@evil.example"],
  ["a host with a path", "https://login.example.com/tenant"],
  ["a host with a query", "https://login.example.com?x=1"],
  ["a script", "javascript:alert(1)"],
  ["anything", "*"],
  ["nothing that is known", "null"],
];

for (const [title, origin] of origins) {
  attack(`have this server believe to be ${title}: ${origin}`, {
    surface: "configuration",
    ...ownOrigin,
    async run({ read }) {
      const gained = read({ TICKETGATE_ORIGIN: origin });
      return { succeeded: gained !== undefined, gained };
    },
    honest: async ({ read }) =>
      read({ TICKETGATE_ORIGIN: "https://login.example.com" }) === "https://login.example.com",
  });
}
