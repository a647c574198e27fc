import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openStore, type Store, StoreOpenError } from "../../../src/server/store/open.ts";
import { inPostgres } from "./postgres-places.ts";
import { keyring, type Place, random } from "./store-factory.ts";

const PASSWORD = "CANARY-password";

let place: Place;
let url: URL;
const open = (at: URL | string = url): Promise<Store> =>
  openStore({ url: String(at), clock: Date.now, random, keyring });

beforeEach(async () => {
  place = await inPostgres.createPlace();
  url = new URL((place.at as { url: string }).url);
});
afterEach(() => place.remove());

describe("a new database", () => {
  it("is migrated once, however many open it at once", async () => {
    const stores = await Promise.all(Array.from({ length: 8 }, () => open()));
    const [first] = stores as [Store];
    await first.nonces.consume("nonce-1", Date.now() + 60_000);
    for (const store of stores) {
      expect(await store.nonces.consume("nonce-1", Date.now() + 60_000)).toBe(false);
    }
    for (const store of stores) await store.close();
    const names = (await place.ask("select name from kysely_migration order by name")).map(
      ({ name }) => name,
    );
    expect(names).toEqual(expect.arrayContaining(["0001-initial", "0002-authorization"]));
    expect(new Set(names).size).toBe(names.length);
  });

  it("keeps everything when it is closed and opened again", async () => {
    const first = await open();
    await first.upsertService("1", { serviceName: "kept", jwks: "{}" });
    await first.close();
    const second = await open();
    expect(await second.findService("1")).toEqual({ serviceName: "kept", jwks: "{}" });
    await second.close();
  });

  it("is migrated in its own schema, whatever other schemas of the same database hold", async () => {
    const other = await inPostgres.createPlace();
    await other.ask("create table kysely_migration (name text primary key, timestamp text)");
    await other.ask("insert into kysely_migration values ('of another program', '2030')");
    await (await open()).close();
    expect(await other.ask("select name from kysely_migration")).toEqual([{ name: "of another program" }]);
    await other.remove();
  });

  it("is migrated while schemas of others come and go in the same database", async () => {
    let isOver = false;
    const others = Array.from({ length: 4 }, async () => {
      while (!isOver) {
        const other = await inPostgres.createPlace();
        await other.ask(
          `create table ${Array.from({ length: 40 }, (_, at) => `t${at} (id int)`).join("; create table ")}`,
        );
        await other.remove();
      }
    });
    const opened = async () => {
      const own = await inPostgres.createPlace();
      const store = await openStore({ ...own.at, clock: Date.now, random, keyring });
      await store.close();
      await own.remove();
    };
    try {
      for (let times = 0; times < 8; times += 1) await opened();
    } finally {
      isOver = true;
      await Promise.all(others);
    }
  });
});

describe("a database that cannot be opened", () => {
  const refusal = async (change: (url: URL) => void) => {
    const wrong = new URL(url);
    wrong.password = PASSWORD;
    change(wrong);
    const error = await open(wrong).then(
      (store) => store.close(),
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(StoreOpenError);
    const { message, stack, cause } = error as StoreOpenError;
    expect(`${stack} ${JSON.stringify(cause)} ${String(cause)}`).not.toContain(PASSWORD);
    return message;
  };

  it("is named when the password is wrong", async () => {
    const { host, pathname } = url;
    expect(await refusal(() => {})).toMatch(
      new RegExp(`^The database ${host}${pathname} cannot be opened: .*password`),
    );
  });

  it("is named when nobody listens there", async () => {
    const wrong = refusal((changed) => Object.assign(changed, { hostname: "localhost", port: "1" }));
    expect(await wrong).toMatch(/^The database localhost:1\/\w+ cannot be opened: .*ECONNREFUSED/);
  });

  it("is named when it does not exist", async () => {
    const wrong = refusal((changed) => {
      changed.password = url.password;
      changed.pathname = "/nowhere";
    });
    expect(await wrong).toMatch(/\/nowhere cannot be opened: .*"nowhere" does not exist/);
  });

  it("is named when the server has no encryption and the URL asks for it", async () => {
    const wrong = refusal((changed) => changed.searchParams.set("sslmode", "verify-full"));
    expect(await wrong).toMatch(/cannot be opened: .*(SSL|TLS|certificate)/);
  });

  it("is named when it has no schema for the tables", async () => {
    const wrong = refusal((changed) => {
      changed.password = url.password;
      changed.searchParams.set("options", "-c search_path=nowhere");
    });
    expect(await wrong).toMatch(/cannot be opened: it has no schema/);
  });

  it("is named when a newer release has changed it", async () => {
    await (await open()).close();
    await place.ask("insert into kysely_migration (name, timestamp) values ('9999-later', '2030')");
    const wrong = refusal((changed) => Object.assign(changed, { password: url.password }));
    expect(await wrong).toMatch(/cannot be opened: .*9999-later/);
  });

  it("is not named in full when it is no URL", async () => {
    const error = await open(`db.example ${PASSWORD}`).catch((reason: unknown) => reason);
    expect(String(error)).toBe(
      "StoreOpenError: The database of DATABASE_URL cannot be opened: This is not the URL of a PostgreSQL database.",
    );
  });
});
