import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { type Backlog, LineOutbox, type Taken } from './line-outbox.js';
import type { ProcessingLine } from './processing-line.js';

/** A node that is paused or lost delays the lines by this much; longer than sending takes. */
const LEASE_MS = 30_000;
const ENTRIES_AT_ONCE = 200;

type Row = Readonly<{
  index: string;
  record_id: string;
  event: string;
  at_ms: string;
  retention_class: string;
  epoch: string;
  key: Buffer;
  consumer: string;
  exchange_ref: string | null;
  register: string | null;
  evidence_type: string | null;
  purpose: string | null;
  legal_basis: string | null;
  outcome: string | null;
  reason: string | null;
}>;

/** Logged in as the node's role. */
export class PostgresLineOutbox extends LineOutbox {
  readonly #holder = randomUUID();

  constructor(private readonly pool: Pool) {
    super();
  }

  override async take(): Promise<Taken | undefined> {
    // Read before anything is written: most of the time there is nothing to do.
    const { rows: heads } = await this.pool.query<{ size: string }>(
      'select h.size from log.head h, app.processing_log p where h.size > p.next_index',
    );
    const [head] = heads;
    if (head === undefined) return undefined;
    const { rows } = await this.pool.query<{ next_index: string }>(
      `update app.processing_log set holder = $1, held_until = clock_timestamp() + $2 * interval '1 ms'
        where holder = $1 or held_until < clock_timestamp() returning next_index`,
      [this.#holder, LEASE_MS],
    );
    const [held] = rows;
    if (held === undefined) return undefined;
    const from = Number(held.next_index);
    const to = Math.min(Number(head.size), from + ENTRIES_AT_ONCE);
    return to <= from ? undefined : { from, to, lines: await this.linesOf(from, to) };
  }

  override async confirm({ from, to }: Taken): Promise<void> {
    const { rowCount } = await this.pool.query(
      `update app.processing_log set next_index = $3, held_until = clock_timestamp() + $4 * interval '1 ms'
        where holder = $1 and next_index = $2`,
      [this.#holder, from, to, LEASE_MS],
    );
    if (rowCount !== 1) throw new Error('another node sends the lines of the processing log');
  }

  override async release(): Promise<void> {
    await this.pool.query(`update app.processing_log set holder = null, held_until = '-infinity' where holder = $1`, [
      this.#holder,
    ]);
  }

  override async backlog(): Promise<Backlog> {
    const { rows } = await this.pool.query<{ entries: string; age: string | null }>(
      `select h.size - p.next_index as entries,
         (select extract(epoch from clock_timestamp() - r.log_time) from log.record r
           where r.index >= p.next_index order by r.index limit 1) as age
       from log.head h, app.processing_log p`,
    );
    const [row] = rows;
    return { entries: Number(row?.entries ?? 0), ageS: Number(row?.age ?? 0) };
  }

  private async linesOf(from: number, to: number): Promise<readonly ProcessingLine[]> {
    const { rows } = await this.pool.query<Row>(
      `select r.index, r.record_id, r.event, (extract(epoch from r.log_time) * 1000)::bigint as at_ms, r.retention_class, r.epoch,
         s.key, r.consumer, r.exchange_ref, r.register, r.evidence_type, r.purpose, r.legal_basis, r.outcome, r.reason
       from log.record r join log.subject_index s on s.index = r.index and s.capacity = 'subject'
       where r.index >= $1 and r.index < $2 order by r.index, s.key`,
      [from, to],
    );
    return rows.map(lineOf);
  }
}

function lineOf(row: Row): ProcessingLine {
  const { exchange_ref: exchangeRef, evidence_type: evidenceType, legal_basis: legalBasis } = row;
  const { register, purpose, outcome, reason } = row;
  return {
    ...{ index: Number(row.index), recordId: row.record_id, event: row.event, atMs: Number(row.at_ms) },
    ...{ retentionClass: row.retention_class, month: row.epoch, subjectKey: row.key, consumer: row.consumer },
    ...present({ exchangeRef, register, evidenceType, purpose, legalBasis, outcome, reason }),
  };
}

function present(values: Readonly<Record<string, string | null>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(values).flatMap(([name, value]) => (value === null ? [] : [[name, value]])));
}
