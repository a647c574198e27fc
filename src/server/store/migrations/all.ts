import type { Migration } from "kysely/migration";
import { initial } from "./0001-initial.ts";
import { authorization } from "./0002-authorization.ts";
import { accounts } from "./0003-accounts.ts";
import { interactions } from "./0004-interactions.ts";
import { backchannelRequests } from "./0006-backchannel-requests.ts";
import { deviceRequesters } from "./0008-device-requesters.ts";
import { secondFactors } from "./0009-second-factors.ts";

/** Every migration by name, in order of name. A released one never changes; a new one is added at the end. */
export const migrations: Readonly<Record<string, Migration>> = {
  "0001-initial": initial,
  "0002-authorization": authorization,
  "0003-accounts": accounts,
  "0004-interactions": interactions,
  "0006-backchannel-requests": backchannelRequests,
  "0008-device-requesters": deviceRequesters,
  "0009-second-factors": secondFactors,
};
