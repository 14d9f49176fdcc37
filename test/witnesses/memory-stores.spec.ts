import { describe } from '@jest/globals';
import { MemoryCosignatureStore, MemoryDisputeStore } from './memory-stores.js';
import { cosignatureStoreContract, disputeStoreContract } from './stores.contract.js';

describe('cosignatures in memory', () => {
  let store: MemoryCosignatureStore;
  cosignatureStoreContract(
    async () => {
      store = new MemoryCosignatureStore();
      return [store, store];
    },
    async (ms) => {
      store.ms += ms;
    },
  );
});

describe('disputes in memory', () => {
  disputeStoreContract(async () => {
    const store = new MemoryDisputeStore();
    return [store, store];
  });
});
