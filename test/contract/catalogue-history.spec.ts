import { afterEach, describe, expect, it } from '@jest/globals';
import { PostgresCatalogueHistory } from '../../src/governance/catalogue-history.postgres.js';
import { catalogueHistoryContract } from '../governance/catalogue-history.contract.js';
import { createNodeDatabase, type NodeDatabase } from '../support/node-database.js';

const databases: NodeDatabase[] = [];
afterEach(async () => {
  for (const it of databases.splice(0)) await it.close();
});
async function aDatabase(): Promise<NodeDatabase> {
  const database = await createNodeDatabase();
  databases.push(database);
  return database;
}

describe('PostgresCatalogueHistory keeps the contract of CatalogueHistory', () => {
  catalogueHistoryContract(async () => new PostgresCatalogueHistory((await aDatabase()).pool));
});

describe('the history of the catalogue', () => {
  it.each([
    'update app.catalogue_decision set approved = true',
    'delete from app.catalogue_activation',
    'update app.catalogue_file set content = null',
    'delete from app.catalogue_proposal',
    'update app.catalogue_version set files = null',
  ])('is added to and never changed: the login of a node may not "%s"', async (statement) => {
    const { pool } = await aDatabase();
    await expect(pool.query(statement)).rejects.toMatchObject({ code: '42501' });
  });
});
