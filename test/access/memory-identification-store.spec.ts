import { describe } from '@jest/globals';
import { identificationStoreContract } from './identification-store.contract.js';
import { MemoryIdentificationStore } from './memory-identification-store.js';

describe('MemoryIdentificationStore keeps the contract of IdentificationStore', () => {
  identificationStoreContract(async () => new MemoryIdentificationStore());
});
