import pg from 'pg';
import type { RunningSystem } from '../../src/demo/supervisor.js';
import { servedLog } from '../../test/chaos/checks/served-log.js';
import { verifyLog } from '../../test/verifier/second-verifier.js';

/** Opened and closed for each of two lookups and two retrievals, and the summary. */
const ENTRIES = 9;
const REGISTERS: Readonly<Record<string, number>> = {
  'identity-directory': 2,
  'melderegister-bremen': 1,
  'personenstand-bremen': 1,
};
/** A bound permission for each request. */
const TOKENS = 4;

/** What each database of the system has on record of exchanges. */
export type Counts = Readonly<Record<string, number>>;

/** Reads as the owners of the databases, behind the back of the processes that wrote. */
export class EinmalCounts {
  readonly #databases = new Map<string, pg.Client>();

  private constructor(private readonly system: RunningSystem) {}

  static async open(system: RunningSystem): Promise<EinmalCounts> {
    const counts = new EinmalCounts(system);
    for (const name of ['node', 'intermediary', ...Object.keys(REGISTERS)]) {
      const client = new pg.Client({ connectionString: system.databases.ownerUrlOf(name) });
      await client.connect();
      counts.#databases.set(name, client);
    }
    return counts;
  }

  async read(): Promise<Counts> {
    const found: Record<string, number> = {
      entries: await this.one('node', 'select size as count from log.head'),
      released: await this.one(
        'node',
        `select count(*) from log.record where event = 'exchange.closed' and outcome in ('released', 'partly_released')`,
      ),
      tokens: await this.one('intermediary', 'select count(*) from log.permission_check where token_id is not null'),
    };
    for (const name of Object.keys(REGISTERS))
      found[name] = await this.one(name, `select count(*) from edge.log where outcome = 'answered'`);
    return found;
  }

  /** @throws where node, intermediary, registers and log do not say together that so many were answered */
  demand(before: Counts, after: Counts, correct: number): void {
    const expected: Readonly<Record<string, number>> = { entries: ENTRIES, released: 1, tokens: TOKENS, ...REGISTERS };
    for (const [name, each] of Object.entries(expected)) {
      const grown = (after[name] ?? 0) - (before[name] ?? 0);
      if (grown !== each * correct)
        throw new Error(`${name}: ${grown} on record, where ${correct} answers make ${each * correct}`);
    }
  }

  /** @throws where the second verifier does not accept the log that the run made, as it is served */
  async demandLog(): Promise<void> {
    const { endpoints, pki, trust } = this.system;
    const read = await servedLog(`${endpoints.http}/log`, pki.caFile);
    const { faults } = await verifyLog(read, trust.log);
    if (faults.length > 0) throw new Error(`the second verifier refuses the log: ${faults.join('; ')}`);
  }

  async close(): Promise<void> {
    for (const client of this.#databases.values()) await client.end();
  }

  private async one(database: string, query: string): Promise<number> {
    const { rows } = (await this.#databases.get(database)?.query<{ count: string }>(query)) ?? { rows: [] };
    return Number(rows[0]?.count);
  }
}
