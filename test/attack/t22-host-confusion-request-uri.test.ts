import type { RequestListener } from "node:http";
import type { Engine } from "../../src/server/engine/engine.ts";
import { checkJwt } from "../../src/server/jwks/check-document.ts";
import { createDocumentFetcher } from "../../src/server/jwks/document-fetcher.ts";
import { isPublicAddress } from "../../src/server/jwks/public-address.ts";
import { ISSUER, openTestEngine } from "../support/engine.ts";
import { jwkSet, makeKeys, signJwt } from "../support/jwt.ts";
import { createNaiveJwksFetcher } from "../support/naive/jwks-fetcher.ts";
import { fetchingEngine } from "../support/naive/request-uri.ts";
import type { WebServer } from "../support/web-server.ts";
import { attack } from "./attack.ts";
import {
  addressesOf,
  answerWith,
  authority,
  dripping,
  type Internet,
  onThisMachine,
  openInternet,
  overInternet,
  type Resolve,
  rebinding,
} from "./internet.ts";

const CLIENT_ID = "3001";
const REDIRECT_URI = "https://client.example/callback";
const PATH = "/request";
const NOT_REGISTERED = "A902331";
const NOT_READ = "A902332";

const keys = await makeKeys("ES256", "k1");
const request = await signJwt(keys.privateKey, {
  header: { alg: "ES256", kid: "k1" },
  payload: {
    iss: CLIENT_ID,
    aud: ISSUER,
    client_id: CLIENT_ID,
    response_type: "code",
    redirect_uri: REDIRECT_URI,
    scope: "openid",
  },
});

/** An authorization endpoint with a client of the attacker's, whose request objects may stand at every server there is. */
type Target = Internet & {
  authorize(requestUri: string): Promise<{ action: string; resultCode?: string | undefined }>;
};

/** What the attacker has registered, besides an honest address. */
type Registered = (internet: Internet) => string;

type Fetching = (internet: Internet) => (uri: string) => Promise<string>;

async function opened(
  fetching: Fetching,
  options: {
    behave?: ((internal: WebServer) => RequestListener) | undefined;
    registered?: Registered | undefined;
    engineOf?: (engine: Engine, fetchText: (uri: string) => Promise<string>) => Engine;
  } = {},
): Promise<Target> {
  const { behave = () => answerWith(request), registered = ({ evil }) => urlOf("evil.example", evil) } =
    options;
  const internet = await openInternet({
    internal: answerWith("the secret of the house"),
    honest: answerWith(request),
    evil: behave,
  });
  const fetchRequestObject = fetching(internet);
  const test = await openTestEngine({
    fetchRequestObject,
    service: { supportedResponseTypes: ["CODE"], pkceRequired: false, pkceS256Required: false },
  });
  await test.setClient(CLIENT_ID, {
    clientType: "CONFIDENTIAL",
    redirectUris: [REDIRECT_URI],
    responseTypes: ["CODE"],
    jwks: jwkSet(keys.jwk),
    requestUris: [registered(internet), urlOf("honest.example", internet.honest)],
  });
  const engine = options.engineOf?.(test.engine, fetchRequestObject) ?? test.engine;
  return {
    ...internet,
    authorize: (requestUri) =>
      engine["auth/authorization"]({
        parameters: new URLSearchParams({ client_id: CLIENT_ID, request_uri: requestUri }).toString(),
      }),
    close: () => Promise.all([internet.close(), test.close()]),
  };
}

const urlOf = (name: string, { port }: WebServer) => `https://${name}:${port}${PATH}`;

const oursWith =
  (resolve: Resolve): Fetching =>
  (internet) =>
    createDocumentFetcher({
      check: checkJwt,
      clock: Date.now,
      resolve,
      request: overInternet(internet),
      allowPrivateAddresses: false,
      timeoutMs: 300,
      keptMs: 0,
    });

const naiveWith =
  (resolve: Resolve, isAllowed?: (address: string) => boolean): Fetching =>
  () =>
    createNaiveJwksFetcher({ resolve, ca: authority.pem, ...(isAllowed && { isAllowed }) });

type Behaviour = { behave?: (internal: WebServer) => RequestListener; registered?: Registered };

const ours = (behaviour: Behaviour = {}) => opened(oursWith(addressesOf), behaviour);
const naive = (behaviour: Behaviour = {}) =>
  opened(naiveWith(onThisMachine), { ...behaviour, engineOf: fetchingEngine });

const honest = async ({ authorize, honest: server }: Target) =>
  (await authorize(urlOf("honest.example", server))).action === "INTERACTION";

/** What the attacker is told, and whether the house was asked. */
async function askedHouse({ authorize, internal }: Target, uri: string) {
  const answer = await authorize(uri).catch(() => undefined);
  return { succeeded: internal.asked.length > 0, gained: internal.asked, refusal: answer?.resultCode };
}

const house = ["127.0.0.1", "2130706433", "0x7f.0.0.1", "internal.example", "[::ffff:127.0.0.1]"];

for (const name of house) {
  attack(`have a link make this server ask the house: ${name}`, {
    surface: "configuration",
    naive,
    ours,
    refusal: NOT_REGISTERED,
    honest,
    run: (target) => askedHouse(target, urlOf(name, target.internal)),
  });

  const registered: Registered = ({ internal }) => urlOf(name, internal);
  attack(`register a request_uri that leads into the house: ${name}`, {
    surface: "configuration",
    naive: () => naive({ registered }),
    ours: () => ours({ registered }),
    refusal: NOT_READ,
    honest,
    run: (target) => askedHouse(target, urlOf(name, target.internal)),
  });
}

const toWhereTheHouseIs: Registered = ({ internal }) => urlOf("evil.example", internal);

attack("have a request_uri lead into the house after it was checked", {
  surface: "configuration",
  naive: () => opened(naiveWith(rebinding(), isPublicAddress), { engineOf: fetchingEngine }),
  ours: () => opened(oursWith(rebinding()), { registered: toWhereTheHouseIs }),
  honest,
  async run(target) {
    const { succeeded, gained } = await askedHouse(target, urlOf("evil.example", target.internal));
    return { succeeded, gained };
  },
});

for (const status of [301, 302, 303, 307, 308]) {
  const behave =
    (internal: WebServer): RequestListener =>
    (_, response) =>
      response.writeHead(status, { location: urlOf("internal.example", internal) }).end();
  attack(`have a request_uri redirect (${status}) into the house`, {
    surface: "configuration",
    naive: () => naive({ behave }),
    ours: () => ours({ behave }),
    refusal: NOT_READ,
    honest,
    run: (target) => askedHouse(target, urlOf("evil.example", target.evil)),
  });
}

const othersOnly: Registered = ({ honest: server }) => urlOf("honest.example", server);

attack("have somebody follow a link whose request the attacker wrote", {
  surface: "configuration",
  naive: () => naive({ registered: othersOnly }),
  ours: () => ours({ registered: othersOnly }),
  refusal: NOT_REGISTERED,
  honest,
  async run({ authorize, evil }) {
    const answer = await authorize(urlOf("evil.example", evil));
    return { succeeded: answer.action === "INTERACTION", refusal: answer.resultCode };
  },
});

attack("hold an authorization request for as long as the attacker likes", {
  surface: "configuration",
  naive: () => naive({ behave: () => dripping }),
  ours: () => ours({ behave: () => dripping }),
  refusal: NOT_READ,
  honest,
  async run({ authorize, evil }) {
    const asking = authorize(urlOf("evil.example", evil)).then(
      ({ resultCode }) => resultCode,
      () => undefined,
    );
    const held = new Promise((done) => setTimeout(() => done("held"), 1_500));
    const refusal = await Promise.race([asking, held]);
    return { succeeded: refusal === "held", refusal };
  },
});
