import pg, { type ClientBase } from 'pg';
import type { SeenLately } from '../seen.js';
import { Acknowledged } from './acknowledged.js';
import { readLog } from './log-state.js';
import { checkPairs, countUnknown } from './pairs.js';
import { Records } from './records.js';
import { checkStructure } from './structure.js';
import { Tree } from './tree.js';

export type Places = Readonly<{
  /** Superuser in the database of the log. */
  database: string;
  /** Owner of each register's own log. */
  registerLogs: ReadonlyMap<string, string>;
  vaultFolder: string;
  vkey: string;
}>;

/** `missing`: those of the violations by which something acknowledged is not there. */
export type Found = Readonly<{ violations: readonly string[]; missing: readonly string[] }>;

/**
 * Holds the log against what was seen outside, after each fault. It shares nothing with who writes the log: SQL,
 * node:crypto, and the second verifier.
 */
export class Examination {
  readonly #tree = new Tree();
  readonly #acknowledged: Acknowledged;
  readonly #records: Records;
  #unknown = 0;

  constructor(private readonly places: Places) {
    this.#acknowledged = new Acknowledged(places.vkey);
    this.#records = new Records(places.vaultFolder);
  }

  get totals(): Readonly<{ entries: number; acknowledged: number; checkpoints: number; unknown: number }> {
    const { count: acknowledged, checkpoints } = this.#acknowledged;
    return { entries: this.#tree.size, acknowledged, checkpoints, unknown: this.#unknown };
  }

  /** `seen` must have been taken before: what was seen by then is in the log by now. */
  async examine(seen: SeenLately, isOver = false): Promise<Found> {
    const atRegisters = await this.askedRegisters();
    return connected(this.places.database, async (client) => {
      await client.query('begin transaction isolation level repeatable read read only');
      // Statistics of a log that grows so fast are old: whole tables are read and joined, never looked up row by row.
      await client.query(`set local enable_nestloop = off; set local work_mem = '256MB'`);
      const structure = checkStructure(await readLog(client), this.#tree, this.places.vkey);
      const receipts = this.#acknowledged.learn(seen);
      const missing = this.#acknowledged.missing(this.#tree, structure.length === 0);
      const records = await this.#records.check(client, this.#tree);
      const pairs = await checkPairs(client, isOver);
      this.#unknown = await countUnknown(client);
      const asked = [
        ...seen.asked.filter((id) => !this.#records.opened.has(id)).map((id) => `a writer for ${id}`),
        ...atRegisters.filter((it) => !this.#records.openedAtRegisters.has(it)),
      ].map((who) => `somebody was asked without an entry "opened": ${who}`);
      return {
        violations: [...structure, ...receipts, ...missing, ...records, ...pairs, ...asked],
        missing,
      };
    });
  }

  /** Register and its own id of each retrieval, as the registers wrote it down themselves. */
  private async askedRegisters(): Promise<readonly string[]> {
    const asked: string[] = [];
    for (const [register, url] of this.places.registerLogs)
      await connected(url, async (client) => {
        const { rows } = await client.query<{ id: string }>(
          'select retrieval_id as id from edge.log where retrieval_id is not null',
        );
        asked.push(...rows.map(({ id }) => `${register} ${id}`));
      });
    return asked;
  }
}

async function connected<T>(url: string, work: (client: ClientBase) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
