import { accountStoreContract, accountTokenContract } from "./account-store.contract.ts";
import { artifactStoreContract } from "./artifact-store.contract.ts";
import { backchannelStoreContract } from "./backchannel-store.contract.ts";
import { deviceRequesterStoreContract } from "./device-requester-store.contract.ts";
import { documentsContract } from "./documents.contract.ts";
import { engineStoreContract } from "./engine-store.contract.ts";
import { expiryContract } from "./expiry.contract.ts";
import { grantStoreContract } from "./grant-store.contract.ts";
import { interactionStoreContract } from "./interaction-store.contract.ts";
import { listContract } from "./list.contract.ts";
import { secondFactorStoreContract } from "./second-factor-store.contract.ts";
import { sessionClientStoreContract } from "./session-client-store.contract.ts";
import { refreshLeaseContract, signInStoresContract } from "./sign-in-stores.contract.ts";
import type { StoreFactory } from "./store-factory.ts";
import { turnsContract } from "./turns.contract.ts";
import { writeContract } from "./write.contract.ts";

/** Everything that holds on every kind of database. */
export function storeContract(factory: StoreFactory): void {
  engineStoreContract(factory);
  artifactStoreContract(factory);
  grantStoreContract(factory);
  listContract(factory);
  writeContract(factory);
  turnsContract(factory);
  signInStoresContract(factory);
  refreshLeaseContract(factory);
  interactionStoreContract(factory);
  sessionClientStoreContract(factory);
  backchannelStoreContract(factory);
  deviceRequesterStoreContract(factory);
  accountStoreContract(factory);
  accountTokenContract(factory);
  secondFactorStoreContract(factory);
  documentsContract(factory);
  expiryContract(factory);
}
