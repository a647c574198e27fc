import type { Account, AccountToken } from "../../../src/server/account/ports.ts";
import type { FactorSetup, SecondFactor } from "../../../src/server/account/second-factor/ports.ts";
import type { Artifact } from "../../../src/server/engine/artifacts.ts";
import type {
  AccessToken,
  GrantedScopes,
  ManagedGrant,
  SpentRefreshToken,
  TokenTicket,
} from "../../../src/server/engine/records.ts";
import type { Interaction } from "../../../src/server/session/interaction-store.ts";
import type { Session, Transaction } from "../../../src/server/session/records.ts";
import type { SessionClient } from "../../../src/server/session/session-client-store.ts";

/** Records with every member set, to be changed by a test. */

export function ticket(changes: Partial<TokenTicket> = {}): TokenTicket {
  return {
    ticketHash: "ticket-1",
    serviceId: "1",
    clientId: 1001,
    clientIdAlias: "first-party",
    clientIdAliasUsed: true,
    scopes: ["profile", "email"],
    resources: ["https://api.example.com/"],
    details: { confirmation: { jkt: "key-1", "x5t#S256": "certificate-1" }, refreshTokenJkt: "key-1" },
    createdAt: 1_800_000_000_000,
    expiresAt: 1_800_000_600_000,
    ...changes,
  };
}

export function token(changes: Partial<AccessToken> = {}): AccessToken {
  return {
    id: "token-1",
    serviceId: "1",
    accessTokenHash: "access-1",
    accessTokenExpiresAt: 1_800_003_600_000,
    accessTokenDuration: 3600,
    refreshTokenHash: "refresh-1",
    refreshTokenExpiresAt: 1_800_864_000_000,
    refreshTokenDuration: 864_000,
    refreshTokenScopes: ["profile", "email"],
    clientId: 1001,
    clientIdAliasUsed: false,
    subject: "usr_1",
    grantType: "PASSWORD",
    scopes: ["profile"],
    properties: [{ key: "plan", value: "gold", hidden: true }],
    resources: ["https://api.example.com/", "https://files.example.com/"],
    accessTokenResources: ["https://api.example.com/"],
    jwtAtClaims: '{"tenant":"a"}',
    sessionId: "session-1",
    grantId: "grant-1",
    details: { confirmation: { jkt: "thumbprint" }, acr: "urn:acr", authTime: 1_800_000_000 },
    createdAt: 1_800_000_000_000,
    ...changes,
  };
}

/** As the client credentials grant makes one: everything that may be absent is. */
export function clientToken(changes: Partial<AccessToken> = {}): AccessToken {
  return token({
    refreshTokenHash: undefined,
    refreshTokenExpiresAt: undefined,
    refreshTokenDuration: undefined,
    refreshTokenScopes: undefined,
    subject: undefined,
    grantType: "CLIENT_CREDENTIALS",
    jwtAtClaims: undefined,
    sessionId: undefined,
    grantId: undefined,
    details: {},
    ...changes,
  });
}

export function spent(changes: Partial<SpentRefreshToken> = {}): SpentRefreshToken {
  return {
    refreshTokenHash: "refresh-1",
    serviceId: "1",
    tokenId: "token-1",
    spentAt: 1_800_000_100_000,
    expiresAt: 1_800_864_000_000,
    sealedAnswer: "sealed",
    ...changes,
  };
}

export function artifact(changes: Partial<Artifact> = {}): Artifact {
  return {
    kind: "pushed_request",
    keyHash: "key-1",
    aliasHash: "alias-1",
    serviceId: "1",
    clientId: 1001,
    document: { clientId: 1001, parameters: "response_type=code" },
    revision: 0,
    spentAt: undefined,
    createdAt: 1_800_000_000_000,
    expiresAt: 1_800_000_600_000,
    ...changes,
  };
}

export function grantedScopes(changes: Partial<GrantedScopes> = {}): GrantedScopes {
  return {
    serviceId: "1",
    clientId: 1001,
    subject: "usr_1",
    latest: ["profile"],
    merged: ["profile", "email"],
    modifiedAt: 1_800_000_000_000,
    ...changes,
  };
}

export function managedGrant(changes: Partial<ManagedGrant> = {}): ManagedGrant {
  return {
    serviceId: "1",
    grantId: "grant-1",
    clientId: 1001,
    subject: "usr_1",
    grant: { scopes: [{ scope: "profile", resource: ["https://api.example.com/"] }] },
    createdAt: 1_800_000_000_000,
    updatedAt: 1_800_000_000_000,
    ...changes,
  };
}

export function interaction(changes: Partial<Interaction> = {}): Interaction {
  return {
    handleHash: "handle-1",
    ownerHash: "owner-1",
    state: "pending",
    sealed: "sealed request",
    chosenSubject: "usr_1",
    createdAt: 1_800_000_000_000,
    usableUntil: 1_800_000_600_000,
    expiresAt: 1_800_086_400_000,
    ...changes,
  };
}

export function sessionClient(changes: Partial<SessionClient> = {}): SessionClient {
  return {
    sessionHash: "session-1",
    clientId: "5001",
    subject: "usr_1",
    sid: "sid-1",
    createdAt: 1_800_000_000_000,
    expiresAt: 1_800_043_200_000,
    ...changes,
  };
}

export function transaction(changes: Partial<Transaction> = {}): Transaction {
  return {
    handleHash: "handle-1",
    kind: "token",
    ownerHash: "owner-1",
    state: "authenticated",
    sealedTicket: "sealed",
    subject: "usr_1",
    clientId: "1001",
    methods: ["pwd"],
    createdAt: 1_800_000_000_000,
    expiresAt: 1_800_000_600_000,
    ...changes,
  };
}

export function session(changes: Partial<Session> = {}): Session {
  return {
    idHash: "session-1",
    subject: "usr_1",
    clientId: "1001",
    scopes: ["profile"],
    sealedTokens: "sealed",
    tokenVersion: 0,
    accessTokenExpiresAt: 1_800_003_600_000,
    authenticatedAt: 1_800_000_000_000,
    lastSeenAt: 1_800_000_000_000,
    expiresAt: 1_800_043_200_000,
    trip: "[]",
    methods: ["pwd", "otp", "mfa"],
    ...changes,
  };
}

export function account(changes: Partial<Account> = {}): Account {
  return {
    subject: "usr_1",
    username: "Zoë",
    name: "Zoë Brown",
    passwordHash: "$argon2id$1",
    email: "Zoe.Brown@example.com",
    emailVerified: true,
    claims: { given_name: "Zoë", phone_number_verified: false, address: { country: "FR" } },
    updatedAt: 1_800_000_000_000,
    credentialsChangedAt: 1_800_000_000_001,
    ...changes,
  };
}

export function secondFactor(changes: Partial<SecondFactor> = {}): SecondFactor {
  return {
    subject: "usr_1",
    id: "factor-1",
    secret: new Uint8Array(20).fill(7),
    lastStep: 60_000_000,
    enrolledAt: 1_800_000_000_000,
    ...changes,
  };
}

export function factorSetup(changes: Partial<FactorSetup> = {}): FactorSetup {
  return {
    ownerHash: "owner-1",
    subject: "usr_1",
    sealed: "sealed secret",
    expiresAt: 1_800_000_600_000,
    ...changes,
  };
}

export function accountToken(changes: Partial<AccountToken> = {}): AccountToken {
  return {
    tokenHash: "link-1",
    purpose: "reset-password",
    subject: "usr_1",
    email: "zoe.brown@example.com",
    sealed: "sealed",
    createdAt: 1_800_000_000_000,
    expiresAt: 1_800_000_600_000,
    ...changes,
  };
}
