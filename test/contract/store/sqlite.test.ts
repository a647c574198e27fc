import { sealingContract } from "./sealing.contract.ts";
import { storeContract } from "./store-contract.ts";
import { inFile, inMemory, storeFactory } from "./store-factory.ts";

storeContract(storeFactory(inFile));
storeContract(inMemory);
sealingContract(inFile);
