import { describe } from '@jest/globals';
import { FixedClock, logSigner, MemoryKeyVault } from '../audit/log-keys.js';
import { MemoryLogStore } from '../audit/memory-log-store.js';
import { deferralStoreContract } from './deferral-store.contract.js';
import { MemoryDeferralStore } from './memory-deferral-store.js';

describe('MemoryDeferralStore keeps the contract of DeferralStore', () => {
  deferralStoreContract(async () => {
    const log = new MemoryLogStore(logSigner, new MemoryKeyVault(), new FixedClock());
    const store = new MemoryDeferralStore(log);
    return {
      store,
      log,
      dueAt: async (id) => store.due.get(id),
      told: async (id) => timesIn(store, id),
      isThere: async (id) => store.rows.has(id),
    };
  });
});

const timesIn = ({ told }: MemoryDeferralStore, id: string) => told.filter((it) => it === id).length;
