import { describe } from '@jest/globals';
import { MemorySessionStore } from './memory-session-store.js';
import { sessionStoreContract } from './session-store.contract.js';

describe('MemorySessionStore keeps the contract of SessionStore', () => {
  sessionStoreContract(async () => new MemorySessionStore());
});
