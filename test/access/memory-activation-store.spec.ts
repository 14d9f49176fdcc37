import { describe } from '@jest/globals';
import { activationStoreContract } from './activation-store.contract.js';
import { MemoryActivationStore } from './memory-activation-store.js';

describe('MemoryActivationStore keeps the contract of ActivationStore', () => {
  activationStoreContract(async () => new MemoryActivationStore());
});
