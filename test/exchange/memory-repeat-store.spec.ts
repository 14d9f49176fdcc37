import { describe } from '@jest/globals';
import { MemoryRepeatStore, MemorySealedAnswers } from './memory-repeat-store.js';
import { repeatStoreContract } from './repeat-store.contract.js';

describe('MemoryRepeatStore keeps the contract of RepeatStore', () => {
  repeatStoreContract(async () => {
    const store = new MemoryRepeatStore();
    return { store, answers: new MemorySealedAnswers(store) };
  });
});
