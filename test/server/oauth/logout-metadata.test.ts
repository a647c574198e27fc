import { expect, it } from "vitest";
import { wrongLogoutMember } from "../../../src/server/oauth/logout-metadata.ts";

const local = { backchannel_logout_uri: "http://localhost:4000/out" };

it("lets the back channel reach this machine without TLS in development only", () => {
  expect(wrongLogoutMember(local, { plainLoopback: true })).toBeUndefined();
  expect(wrongLogoutMember(local, { plainLoopback: false })).toBe("backchannel_logout_uri");
  const elsewhere = { backchannel_logout_uri: "http://rp.example/out" };
  expect(wrongLogoutMember(elsewhere, { plainLoopback: true })).toBe("backchannel_logout_uri");
});

it("takes null for a member that is not there (RFC 7592 section 2.2)", () => {
  const none = {
    post_logout_redirect_uris: null,
    backchannel_logout_uri: null,
    frontchannel_logout_uri: null,
  };
  expect(wrongLogoutMember(none, { plainLoopback: false })).toBeUndefined();
});

it("takes no more than what is read again", () => {
  const many = Array.from({ length: 51 }, (_, index) => `https://rp.example/${index}`);
  expect(wrongLogoutMember({ post_logout_redirect_uris: many }, { plainLoopback: false })).toBe(
    "post_logout_redirect_uris",
  );
});
