import * as openid from "openid-client";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBrowser } from "../e2e/support/browser.ts";
import { submitLogin } from "../e2e/support/steps.ts";
import { person as account } from "../e2e/support/ticketgate.ts";
import { configured } from "./support/configured.ts";
import { openPerson, type Person } from "./support/person.ts";
import { openPlace, type Place, places } from "./support/place.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

describe.each(places)("openid-client where the person is at another device, %s", (name) => {
  let place: Place;
  let person: Person;

  beforeAll(async () => {
    place = await openPlace(name);
    person = await openPerson(browser);
    await person.page.goto(`${place.origin}/login`);
    await submitLogin(person.page);
    await person.page.getByRole("button", { name: "Sign out" }).waitFor();
  });
  afterAll(async () => {
    await person?.close();
    await place?.close();
  });

  const decide = (decision: "Allow" | "Deny") => person.page.getByRole("button", { name: decision }).click();

  describe("the device flow (RFC 8628)", () => {
    const begin = async () => {
      const config = await configured(place, { grantTypes: ["DEVICE_CODE"] });
      const begun = await openid.initiateDeviceAuthorization(config, { scope: "openid email" });
      await person.page.goto(begun.verification_uri_complete ?? "");
      await person.page.getByRole("button", { name: "Next" }).click();
      await person.page.getByText(begun.user_code, { exact: true }).waitFor();
      return { config, begun };
    };

    it("is polled until the person has said yes", async () => {
      const { config, begun } = await begin();
      const polling = openid.pollDeviceAuthorizationGrant(config, begun);
      await decide("Allow");
      const tokens = await polling;
      const { sub = "" } = tokens.claims() ?? {};
      expect(await openid.fetchUserInfo(config, tokens.access_token, sub)).toMatchObject({ sub });
    });

    it("ends when the person says no", async () => {
      const { config, begun } = await begin();
      await decide("Deny");
      await expect(openid.pollDeviceAuthorizationGrant(config, begun)).rejects.toMatchObject({
        error: "access_denied",
      });
    });
  });

  describe("CIBA, polled", () => {
    const begin = async () => {
      const config = await configured(place, { grantTypes: ["CIBA"], bcDeliveryMode: "POLL" });
      const parameters = { scope: "openid", login_hint: account.username, binding_message: "W4SCT" };
      const begun = await openid.initiateBackchannelAuthentication(config, parameters);
      await person.page.goto(`${place.origin}/ciba`);
      await person.page.getByText("W4SCT").waitFor();
      return { config, begun };
    };

    it("gives tokens once the person has said yes", async () => {
      const { config, begun } = await begin();
      const polling = openid.pollBackchannelAuthenticationGrant(config, begun);
      await decide("Allow");
      const tokens = await polling;
      const { sub = "" } = tokens.claims() ?? {};
      expect(await openid.fetchUserInfo(config, tokens.access_token, sub)).toMatchObject({ sub });
    });

    it("gives none when the person says no", async () => {
      const { config, begun } = await begin();
      await decide("Deny");
      await expect(openid.pollBackchannelAuthenticationGrant(config, begun)).rejects.toMatchObject({
        error: "access_denied",
      });
    });
  });
});
