import { describe } from '@jest/globals';
import { MemoryRateStore } from './memory-rate-store.js';
import { rateStoreContract } from './rate-store.contract.js';

describe('MemoryRateStore keeps the contract of RateStore', () => {
  rateStoreContract(async () => {
    const store = new MemoryRateStore();
    return [store, store];
  });
});
