import type { Pool } from 'pg';
import { queryDurably } from '../platform/commit-warnings.js';
import { type ForkEvidence, formatForkEvidence, parseForkEvidence } from '../tokens/fork-evidence.js';
import { type Recalled, type RefusedCheckpoint, type Seen, WitnessMemory } from './witness-memory.js';

type Row = Readonly<{ size: string | null; root: Buffer | null; note: string | null; evidence: string | null }>;

export class PostgresWitnessMemory extends WitnessMemory {
  /** Logged in as the edge's role. The owner listens to its `error` event. */
  constructor(private readonly pool: Pool) {
    super();
  }

  override async recall(origin: string): Promise<Recalled> {
    const { rows } = await this.pool.query<Row>({
      name: 'witness-recall',
      text: `select s.size, s.root, s.note, f.evidence
        from (select $1::text as origin) as asked left join witness.seen s using (origin) left join witness.fork f using (origin)`,
      values: [origin],
    });
    const { size = null, root = null, note = null, evidence = null } = rows[0] ?? {};
    return {
      seen: size === null || root === null || note === null ? undefined : { size: Number(size), root, note },
      fork: evidence === null ? undefined : parseForkEvidence(evidence),
    };
  }

  override async advance(origin: string, before: Seen | undefined, next: Seen): Promise<boolean> {
    const { rows } = await queryDurably<{ advanced: boolean }>(this.pool, {
      name: 'witness-advance',
      text: 'select witness.advance($1, $2, $3, $4, $5, $6) as advanced',
      values: [origin, before?.size ?? null, before?.root ?? null, next.size, next.root, next.note],
    });
    return rows[0]?.advanced === true;
  }

  override async keepFork(origin: string, fork: ForkEvidence): Promise<void> {
    await queryDurably(this.pool, {
      text: 'select witness.keep_fork($1, $2)',
      values: [origin, formatForkEvidence(fork)],
    });
  }

  override async keepRefused(origin: string, refused: RefusedCheckpoint): Promise<boolean> {
    const { by, size, root, seenNote, request } = refused;
    const { rows } = await this.pool.query<{ kept: boolean }>(
      'select witness.keep_refused($1, $2, $3, $4, $5, $6) as kept',
      [origin, by, size, root, seenNote, request],
    );
    return rows[0]?.kept === true;
  }
}
