import { describe } from '@jest/globals';
import { MemoryPermissionLog } from './memory-permission-log.js';
import { MemoryPermissionLogReader } from './memory-permission-log-reader.js';
import { permissionLogContract } from './permission-log.contract.js';
import { permissionLogReaderContract } from './permission-log-reader.contract.js';

describe('MemoryPermissionLog keeps the contract of PermissionLog', () => {
  permissionLogContract(async () => {
    const log = new MemoryPermissionLog();
    return { log, count: async (consumer) => log.entries.filter((it) => it.consumer === consumer).length };
  });
});

describe('MemoryPermissionLogReader keeps the contract of PermissionLogReader', () => {
  permissionLogReaderContract(async () => {
    const log = new MemoryPermissionLog();
    return { log, reader: new MemoryPermissionLogReader(log) };
  });
});
