import { inPostgres } from "./postgres-places.ts";
import { sealingContract } from "./sealing.contract.ts";
import { storeContract } from "./store-contract.ts";
import { storeFactory } from "./store-factory.ts";

storeContract(storeFactory(inPostgres));
sealingContract(inPostgres);
