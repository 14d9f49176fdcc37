import { afterAll, beforeAll, describe } from '@jest/globals';
import { PostgresActivationStore } from '../../src/access/activation-store.postgres.js';
import { PostgresAssertionStore } from '../../src/access/assertion-store.postgres.js';
import { PostgresIdentificationStore } from '../../src/access/identification-store.postgres.js';
import { PostgresSessionStore } from '../../src/access/session-store.postgres.js';
import { activationStoreContract } from '../access/activation-store.contract.js';
import { assertionStoreContract } from '../access/assertion-store.contract.js';
import { identificationStoreContract } from '../access/identification-store.contract.js';
import { sessionStoreContract } from '../access/session-store.contract.js';
import { createNodeDatabase, type NodeDatabase } from '../support/node-database.js';

let database: NodeDatabase;
beforeAll(async () => {
  database = await createNodeDatabase();
});
afterAll(() => database.close());

describe('PostgresAssertionStore keeps the contract of AssertionStore', () => {
  assertionStoreContract(async () => new PostgresAssertionStore(database.pool));
});

describe('PostgresIdentificationStore keeps the contract of IdentificationStore', () => {
  identificationStoreContract(async () => new PostgresIdentificationStore(database.pool));
});

describe('PostgresSessionStore keeps the contract of SessionStore', () => {
  sessionStoreContract(async () => new PostgresSessionStore(database.pool));
});

describe('PostgresActivationStore keeps the contract of ActivationStore', () => {
  activationStoreContract(async () => new PostgresActivationStore(database.pool));
});
