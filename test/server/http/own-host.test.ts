import { expect, it } from "vitest";
import { isOwnHost } from "../../../src/server/http/own-host.ts";

const origins = ["http://localhost:3000", "https://login.example"];

it.each([
  "localhost:3000",
  "localhost",
  "LOCALHOST:8080",
  "app.localhost:3000",
  "127.0.0.1:3000",
  "192.168.0.7:3000",
  "[::1]:3000",
  "login.example",
  "login.example:443",
])("%s is a name of this server", (host) => {
  expect(isOwnHost(host, origins)).toBe(true);
});

it.each([
  undefined,
  "",
  "evil.example",
  "evil.example:3000",
  "localhost.evil.example",
  "evillocalhost",
  "login.example.evil.example",
  "localhost@evil.example",
  "127.0.0.1.evil.example",
  "a b",
])("%s is none", (host) => {
  expect(isOwnHost(host, origins)).toBe(false);
});
