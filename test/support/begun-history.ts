import type { Pool } from 'pg';
import { loadCatalogue, versionFilesOf } from '../../src/catalogue/load-catalogue.js';
import { PostgresCatalogueHistory } from '../../src/governance/catalogue-history.postgres.js';

/** As if a node had started with these files: from now on they are only where the history comes from. */
export async function begunHistory(pool: Pool, folder: string): Promise<void> {
  const { version } = loadCatalogue({ folder });
  await new PostgresCatalogueHistory(pool).exclusively(async (open) => {
    await open.keep(version, versionFilesOf(folder));
    await open.activate(version);
  });
}
