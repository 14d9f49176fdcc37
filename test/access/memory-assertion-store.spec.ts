import { describe } from '@jest/globals';
import { assertionStoreContract } from './assertion-store.contract.js';
import { MemoryAssertionStore } from './memory-assertion-store.js';

describe('MemoryAssertionStore keeps the contract of AssertionStore', () => {
  assertionStoreContract(async () => new MemoryAssertionStore());
});
