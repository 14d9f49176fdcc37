import { describe } from '@jest/globals';
import { MemoryPermissionLog } from './memory-permission-log.js';
import { permissionLogContract } from './permission-log.contract.js';

describe('MemoryPermissionLog keeps the contract of PermissionLog', () => {
  permissionLogContract(async () => {
    const log = new MemoryPermissionLog();
    return { log, count: async (consumer) => log.entries.filter((it) => it.consumer === consumer).length };
  });
});
