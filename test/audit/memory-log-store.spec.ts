import { describe } from '@jest/globals';
import { FixedClock, logSigner, MemoryKeyVault } from './log-keys.js';
import { logStoreContract } from './log-store.contract.js';
import { MemoryLogStore } from './memory-log-store.js';

describe('MemoryLogStore keeps the contract of LogStore', () => {
  logStoreContract(async () => new MemoryLogStore(logSigner, new MemoryKeyVault(), new FixedClock()));
});
