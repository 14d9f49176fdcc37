import { describe } from '@jest/globals';
import { FixedClock, logSigner, MemoryKeyVault } from '../audit/log-keys.js';
import { MemoryLogStore } from '../audit/memory-log-store.js';
import { heldStoreContract } from './held-store.contract.js';
import { MemoryHeldAnswers, MemoryHeldStore } from './memory-held-store.js';

describe('MemoryHeldStore keeps the contract of HeldStore', () => {
  heldStoreContract(async () => {
    const log = new MemoryLogStore(logSigner, new MemoryKeyVault(), new FixedClock());
    const store = new MemoryHeldStore(log);
    return { store, answers: new MemoryHeldAnswers(store), log };
  });
});
