import { describe, expect, it } from "vitest";
import {
  clientSettings,
  poolSettings,
  shownDatabase,
} from "../../../../src/server/store/postgres/settings.ts";

describe("the connection to PostgreSQL", () => {
  it.each([
    "postgres://db.example.com/gate",
    "postgres://gate:secret@10.0.0.7:5433/gate?application_name=gate",
    "postgres://localhost/gate?host=db.example.com",
    "postgres://localhost.example.com/gate",
    "postgres:///gate",
  ])("to another machine is encrypted, and its certificate checked: %s", (url) => {
    expect(clientSettings(url).ssl).toBe(true);
    expect(poolSettings(url).ssl).toBe(true);
  });

  it.each([
    "postgres://db.example.com/gate?sslmode=disable",
    "postgres://db.example.com/gate?sslmode=verify-full&sslrootcert=/etc/ca.pem",
    "postgres://db.example.com/gate?ssl=true",
  ])("is as the URL says where it says something: %s", (url) => {
    expect(clientSettings(url)).not.toHaveProperty("ssl");
    expect(clientSettings(url).connectionString).toBe(url);
  });

  it.each([
    "postgres://gate@localhost/gate",
    "postgres://127.0.0.1:5433/gate",
    "postgres://[::1]/gate",
    "postgres:///gate?host=/var/run/postgresql",
    "postgres://%2Fvar%2Frun%2Fpostgresql/gate",
  ])("within this machine needs no encryption: %s", (url) => {
    expect(clientSettings(url)).not.toHaveProperty("ssl");
  });

  it("is bounded in every wait, and in number", () => {
    const settings = poolSettings("postgres://localhost/gate");
    for (const name of ["connectionTimeoutMillis", "statement_timeout", "query_timeout"] as const) {
      expect(settings[name], name).toBeGreaterThan(0);
    }
    expect(settings.idle_in_transaction_session_timeout).toBeGreaterThan(0);
    expect(settings.max).toBe(10);
  });
});

describe("the name of a database in messages", () => {
  it.each([
    ["postgres://gate:p%40ss@db.example.com:5433/gate?sslmode=disable", "db.example.com:5433/gate"],
    ["postgres://gate:pass@db.example.com/my%20gate", "db.example.com/my gate"],
    ["postgres:///gate?host=/var/run/postgresql&password=pass&user=gate", "/var/run/postgresql/gate"],
    ["postgres://gate:pass@[2001:db8::1]/gate", "[2001:db8::1]/gate"],
    ["postgres://gate:pass@db.example.com/%E0%A4", "db.example.com/%E0%A4"],
  ])("has no user, password or parameter: %s", (url, shown) => {
    expect(shownDatabase(url)).toBe(shown);
  });

  it("is none for what is not a URL, and no word of it is said", () => {
    expect(() => clientSettings("db.example.com pass")).toThrow(/^This is not the URL of a PostgreSQL/);
    expect(shownDatabase("db.example.com pass")).toBe("of DATABASE_URL");
  });
});
