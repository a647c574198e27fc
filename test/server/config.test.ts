import { describe, expect, it } from "vitest";
import { ConfigurationError, developmentSecret, readConfig } from "../../src/server/config.ts";

const secret = (letter: string) => letter.repeat(40);

const production = {
  NODE_ENV: "production",
  TICKETGATE_ORIGIN: "https://login.example.com",
  TICKETGATE_SEALING_KEYS: secret("k"),
  TICKETGATE_CLIENT_SECRET: secret("c"),
  TICKETGATE_ENGINE_TOKEN: secret("e"),
};

function problemsOf(env: Record<string, string | undefined>): readonly string[] {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
  return [];
}

describe("readConfig", () => {
  it("accepts a complete production environment, and freezes the result", () => {
    const config = readConfig(production);
    expect(config).toMatchObject({
      production: true,
      origin: "https://login.example.com",
      trustedOrigins: ["https://login.example.com"],
      engine: { kind: "embedded", serviceId: "1", token: secret("e") },
    });
    expect(config.engine).not.toHaveProperty("backend");
    expect(config.passwordGrantClients.size).toBe(0);
    expect(config.backchannelClients.size).toBe(0);
    expect(Object.isFrozen(config)).toBe(true);
  });

  it("counts the mode as production when nothing says otherwise", () => {
    expect(readConfig({ ...production, NODE_ENV: undefined }).production).toBe(true);
  });

  it.each([
    "TICKETGATE_ORIGIN",
    "TICKETGATE_SEALING_KEYS",
    "TICKETGATE_CLIENT_SECRET",
    "TICKETGATE_ENGINE_TOKEN",
  ])("names %s when it is missing or empty", (name) => {
    for (const value of [undefined, ""]) {
      const problems = problemsOf({ ...production, [name]: value });
      expect(problems).toHaveLength(1);
      expect(problems[0]).toContain(name);
    }
  });

  it("names all that is missing at once", () => {
    const problems = problemsOf({ NODE_ENV: "production" }).join("\n");
    for (const name of Object.keys(production).slice(1)) expect(problems).toContain(name);
  });

  it("takes the name of the header with the caller's address, in small letters, and no header unless it is named", () => {
    expect(readConfig(production).addressHeader).toBeUndefined();
    expect(readConfig({ ...production, TICKETGATE_ADDRESS_HEADER: "X-Real-IP" }).addressHeader).toBe(
      "x-real-ip",
    );
    for (const name of ["x real ip", "x-real-ip:", "ä", "x".repeat(65)]) {
      expect(problemsOf({ ...production, TICKETGATE_ADDRESS_HEADER: name })).toEqual([
        "TICKETGATE_ADDRESS_HEADER: must be the name of a header",
      ]);
    }
  });

  it("refuses secrets generated for development in production, and takes them elsewhere", () => {
    const env = { ...production, TICKETGATE_ENGINE_TOKEN: developmentSecret(secret("d")) };
    expect(problemsOf(env)).toEqual([expect.stringContaining("TICKETGATE_ENGINE_TOKEN")]);
    expect(problemsOf({ ...env, NODE_ENV: "development" })).toEqual([]);
    const second = {
      ...production,
      TICKETGATE_SEALING_KEYS: `${secret("k")},${developmentSecret(secret("d"))}`,
    };
    expect(problemsOf(second)).toEqual([expect.stringContaining("TICKETGATE_SEALING_KEYS")]);
  });

  it("refuses a variable that looks like a setting and is none, beside whatever else is wrong", () => {
    const misspelt = { TICKETGATE_SECOND_FACTR: "required" };
    const problem =
      "TICKETGATE_SECOND_FACTR: there is no such setting; the nearest is TICKETGATE_SECOND_FACTOR";
    expect(problemsOf({ ...production, ...misspelt })).toEqual([problem]);
    expect(problemsOf({ ...production, ...misspelt, NODE_ENV: "development" })).toEqual([problem]);
    const more = { ...production, ...misspelt, TICKETGATE_ORIGIN: undefined };
    expect(problemsOf(more)).toEqual([problem, expect.stringContaining("TICKETGATE_ORIGIN")]);
    expect(problemsOf({ ...production, ...misspelt, PORT: "x" })).toEqual([
      problem,
      expect.stringContaining("PORT"),
    ]);
    expect(readConfig({ ...production, TICKETGATE_SECOND_FACTOR: "required" }).secondFactor).toBe("required");
  });

  it("never shows a value in a problem", () => {
    const env = {
      ...production,
      TICKETGATE_CLIENT_SECRET: "tooshort",
      TICKETGATE_ENGINE_TOKEN: developmentSecret("sesame"),
    };
    expect(problemsOf(env).join()).not.toMatch(/tooshort|sesame/);
    expect(problemsOf(env)).not.toEqual([]);
  });

  it.each([
    "http://login.example.com",
    "https://login.example.com/path",
    "https://user@login.example.com",
    "https://login.example.com?x=1",
    "javascript:alert(1)",
    "login.example.com",
  ])("refuses the origin %s", (origin) => {
    expect(problemsOf({ ...production, TICKETGATE_ORIGIN: origin })).toEqual([
      expect.stringContaining("TICKETGATE_ORIGIN"),
    ]);
  });

  it.each([
    "postgres://gate:pass%20word@db.example.com:5432/gate?sslmode=verify-full",
    "postgresql://db.example.com/gate",
    "postgres:///gate?host=/var/run/postgresql",
  ])("takes the database %s", (url) => {
    expect(readConfig({ ...production, DATABASE_URL: url }).databaseUrl).toBe(url);
  });

  it.each([
    "mysql://gate:sesame@db.example.com/gate",
    "postgres://gate:sesame@db.example.com",
    "postgres://gate:sesame@db.example.com/",
    "postgres:///gate?password=sesame",
    "gate:sesame@db.example.com/gate",
    "sesame",
  ])("refuses the database %s by the variable's name, without a word of it", (url) => {
    expect(problemsOf({ ...production, DATABASE_URL: url })).toEqual([
      expect.stringMatching(/^DATABASE_URL: (?!.*(?:sesame|example))/),
    ]);
  });

  it("keeps state in a file unless there is a database", () => {
    expect(readConfig(production).databaseUrl).toBeUndefined();
    expect(readConfig({ ...production, DATABASE_URL: "" }).databaseUrl).toBeUndefined();
  });

  it("trusts the other spellings of a loopback origin, and of no other", () => {
    const config = readConfig({ ...production, TICKETGATE_ORIGIN: "http://localhost:3000" });
    expect(config.trustedOrigins).toEqual([
      "http://localhost:3000",
      "http://127.0.0.1:3000",
      "http://[::1]:3000",
    ]);
  });

  it("wants the three variables of the cloud together, and then no token of the embedded engine", () => {
    const { TICKETGATE_ENGINE_TOKEN: _, ...rest } = production;
    const cloud = {
      AUTHLETE_BASE_URL: "https://us.authlete.com",
      AUTHLETE_SERVICE_ID: "42",
      AUTHLETE_API_TOKEN: "token",
    };
    expect(readConfig({ ...rest, ...cloud }).engine).toEqual({
      kind: "cloud",
      baseUrl: "https://us.authlete.com",
      serviceId: "42",
      token: "token",
      timeoutMs: 5000,
    });
    for (const name of Object.keys(cloud)) {
      expect(problemsOf({ ...rest, ...cloud, [name]: undefined })).toEqual([expect.stringContaining(name)]);
    }
  });

  it("refuses a back end with the client id of the own client, unless there is no back end", () => {
    const name = "TICKETGATE_BACKEND_CLIENT_ID";
    const env = { ...production, TICKETGATE_CLIENT_ID: "77", [name]: "77" };
    expect(readConfig(env).engine).not.toHaveProperty("backend");
    const withBackend = { ...env, TICKETGATE_BACKEND_CLIENT_SECRET: secret("b") };
    expect(problemsOf(withBackend)).toEqual([expect.stringContaining(name)]);
    expect(readConfig({ ...withBackend, [name]: "78" }).engine).toMatchObject({
      backend: { id: "78", secret: secret("b") },
    });
    const defaults = { ...production, TICKETGATE_BACKEND_CLIENT_SECRET: secret("b") };
    expect(problemsOf({ ...defaults, TICKETGATE_CLIENT_ID: "2001" })).toEqual([
      expect.stringContaining(name),
    ]);
    expect(problemsOf(defaults)).toEqual([]);
  });

  it("refuses sessions that may rest longer than they live", () => {
    const idle = "TICKETGATE_SESSION_IDLE_SECONDS";
    const sessions = (idleSeconds: string, absoluteSeconds: string) => ({
      ...production,
      [idle]: idleSeconds,
      TICKETGATE_SESSION_ABSOLUTE_SECONDS: absoluteSeconds,
    });
    expect(problemsOf(sessions("601", "600"))).toEqual([expect.stringContaining(idle)]);
    expect(readConfig(sessions("600", "600")).session).toMatchObject({
      idleMs: 600_000,
      absoluteMs: 600_000,
    });
    const tooShortForTheDefault = { ...production, TICKETGATE_SESSION_ABSOLUTE_SECONDS: "1799" };
    expect(problemsOf(tooShortForTheDefault)).toEqual([expect.stringContaining(idle)]);
  });

  it("names contradictions beside what is missing", () => {
    const problems = problemsOf({
      ...production,
      TICKETGATE_CLIENT_SECRET: undefined,
      TICKETGATE_CLIENT_ID: "7",
      TICKETGATE_BACKEND_CLIENT_ID: "7",
      TICKETGATE_BACKEND_CLIENT_SECRET: secret("b"),
      TICKETGATE_SESSION_IDLE_SECONDS: "99999",
    }).join();
    for (const name of ["CLIENT_SECRET", "BACKEND_CLIENT_ID", "SESSION_IDLE_SECONDS"]) {
      expect(problems).toContain(`TICKETGATE_${name}`);
    }
  });

  it.each(["TICKETGATE_SERVICE_ID", "TICKETGATE_CLIENT_ID", "TICKETGATE_BACKEND_CLIENT_ID"])(
    "takes every number for %s that stays the same, and no other",
    (name) => {
      const env = { ...production, TICKETGATE_BACKEND_CLIENT_SECRET: secret("b") };
      expect(problemsOf({ ...env, [name]: String(Number.MAX_SAFE_INTEGER) })).toEqual([]);
      for (const number of ["9007199254740992", "9999999999999999", "0", "-1", "01", "1.5", "1e3", "x"]) {
        expect(problemsOf({ ...env, [name]: number })).toEqual([expect.stringContaining(name)]);
      }
    },
  );

  it.each([
    ["PORT", "70000"],
    ["TICKETGATE_SERVICE_ID", "abc"],
    ["TICKETGATE_SESSION_IDLE_SECONDS", "0"],
    ["LOG_LEVEL", "loud"],
    ["NODE_ENV", "staging"],
    ["AUTHLETE_BASE_URL", "ftp://example.com"],
    ["AUTHLETE_BASE_URL", "http://us.authlete.com"],
    ["AUTHLETE_BASE_URL", "https://us.authlete.com?x=1"],
  ])("refuses %s=%s by name", (name, value) => {
    expect(problemsOf({ ...production, [name]: value })[0]).toContain(name);
  });
});

describe("the settings of the authorization server", () => {
  it("lets nobody register clients in production unless it says so, and everybody elsewhere", () => {
    expect(readConfig(production).registration).toEqual({ access: "off", token: undefined });
    expect(readConfig({ ...production, NODE_ENV: "development" }).registration.access).toBe("open");
    const open = readConfig({ ...production, TICKETGATE_REGISTRATION: "open" });
    expect(open.registration.access).toBe("open");
  });

  it("needs an initial access token where only its holders may register", () => {
    const env = { ...production, TICKETGATE_REGISTRATION: "token" };
    expect(problemsOf(env)).toEqual([expect.stringContaining("TICKETGATE_REGISTRATION_TOKEN")]);
    const token = secret("t");
    expect(readConfig({ ...env, TICKETGATE_REGISTRATION_TOKEN: token }).registration).toEqual({
      access: "token",
      token,
    });
  });

  it("takes origins for scripts as browsers write them, or the sign for all", () => {
    const of = (text: string) => readConfig({ ...production, TICKETGATE_CORS_ORIGINS: text }).corsOrigins;
    expect(readConfig(production).corsOrigins).toEqual([]);
    expect(of("https://app.example.com, http://localhost:8080")).toEqual([
      "https://app.example.com",
      "http://localhost:8080",
    ]);
    expect(of("*")).toEqual(["*"]);
    for (const wrong of ["https://app.example.com/", "app.example.com", "null", "https://*.example.com/x"]) {
      expect(problemsOf({ ...production, TICKETGATE_CORS_ORIGINS: wrong })).toHaveLength(1);
    }
  });

  it("asks for a second factor whoever has set one up, or everybody, and nobody else's word for it", () => {
    expect(readConfig(production).secondFactor).toBe("optional");
    const asked = (TICKETGATE_SECOND_FACTOR: string) =>
      readConfig({ ...production, TICKETGATE_SECOND_FACTOR });
    expect(asked("required").secondFactor).toBe("required");
    expect(() => asked("off")).toThrow("TICKETGATE_SECOND_FACTOR");
  });

  it("takes a limit that is a number above nothing", () => {
    for (const wrong of ["0", "-1", "1.5", "many"]) {
      expect(problemsOf({ ...production, TICKETGATE_TRIES_PER_USERNAME: wrong })).toHaveLength(1);
    }
    const { limits } = readConfig({ ...production, TICKETGATE_MAILS_PER_ADDRESS: "7" });
    expect(limits).toEqual({
      triesPerUsername: 10,
      triesPerAddress: 60,
      mailsPerAddress: 7,
      registrationsPerAddress: 100,
    });
  });

  it("lets a code live for ten minutes at most (RFC 6749 4.1.2)", () => {
    expect(problemsOf({ ...production, TICKETGATE_CODE_SECONDS: "601" })).toHaveLength(1);
    expect(readConfig({ ...production, TICKETGATE_CODE_SECONDS: "30" }).engine).toMatchObject({
      lifetimes: { code: 30, authorizationResponse: 30, pushedRequest: undefined },
      ticketMs: 3_600_000,
    });
  });
});
