import { describe } from '@jest/globals';
import { FixedClock, logSigner, MemoryKeyVault } from '../audit/log-keys.js';
import { MemoryLogStore } from '../audit/memory-log-store.js';
import { MemoryTriggerStore } from './memory-trigger-store.js';
import { triggerStoreContract } from './trigger-store.contract.js';

describe('MemoryTriggerStore keeps the contract of TriggerStore', () => {
  triggerStoreContract(async () => {
    const log = new MemoryLogStore(logSigner, new MemoryKeyVault(), new FixedClock());
    return { store: new MemoryTriggerStore(log), log };
  });
});
