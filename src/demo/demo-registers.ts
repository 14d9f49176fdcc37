import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withClient } from './database.js';
import { DEMO_REGISTERS, type DemoDatabases } from './demo-databases.js';
import { people } from './people/population.js';
import { loadRegister } from './registers/load-register.js';

export type Population = Readonly<{ count: number; seed: number }>;

/** Fills registers and directory with the synthetic population, unless they hold it already. */
export async function loadDemoRegisters(
  databases: DemoDatabases,
  population: Population,
  onProgress: (register: string, persons: number) => void = () => undefined,
): Promise<void> {
  const mark = `einmal people --count ${population.count} --seed ${population.seed} ${generatorDigest()}`;
  for (const { id, kind } of DEMO_REGISTERS) {
    const { ownerUrl, reader } = databases.dataOf(id);
    await withClient(ownerUrl, async (connection) => {
      const { rows } = await connection.query<{ mark: string | null }>(
        `select shobj_description(oid, 'pg_database') as mark from pg_database where datname = current_database()`,
      );
      if (rows[0]?.mark === mark) return;
      await loadRegister({
        connection,
        register: kind,
        people: people(population),
        reader,
        onProgress: (persons) => onProgress(id, persons),
      });
      const { rows: names } = await connection.query<{ name: string }>('select current_database() as name');
      const name = connection.escapeIdentifier(names[0]?.name ?? '');
      await connection.query(`comment on database ${name} is ${connection.escapeLiteral(mark)}`);
    });
  }
}

/** Another generator makes other people: what was loaded by an older one is loaded anew. */
function generatorDigest(): string {
  const hash = createHash('sha256');
  const here = dirname(fileURLToPath(import.meta.url));
  for (const room of ['people', 'registers']) {
    const files = readdirSync(join(here, room)).filter((name) => /\.[jt]s$/.test(name));
    for (const name of files.sort()) hash.update(readFileSync(join(here, room, name)));
  }
  return hash.digest('base64url').slice(0, 12);
}
