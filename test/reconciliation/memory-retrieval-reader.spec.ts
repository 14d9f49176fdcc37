import { describe } from '@jest/globals';
import { FixedClock, logSigner, MemoryKeyVault } from '../audit/log-keys.js';
import { MemoryLogStore } from '../audit/memory-log-store.js';
import { retrievalReaderContract } from '../audit/retrieval-reader.contract.js';
import { MemoryRetrievalReader } from './memory-parts.js';

describe('MemoryRetrievalReader keeps the contract of RetrievalReader', () => {
  retrievalReaderContract(async () => {
    const clock = new FixedClock();
    const log = new MemoryLogStore(logSigner, new MemoryKeyVault(), clock);
    const reader = new MemoryRetrievalReader(log);
    return {
      log,
      reader,
      wait: () => {
        clock.ms += 10;
      },
      forget: async (index, by) => {
        reader.forgotten.add(index);
        reader.erased ||= by === 'erasure';
      },
    };
  });
});
