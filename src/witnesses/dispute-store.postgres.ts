import type { ClientBase, Pool } from 'pg';
import type { Dispute, RecordedDispute } from './dispute.js';
import { DisputeStore } from './dispute-store.js';

type Row = Readonly<{
  sequence: string;
  witness: string;
  kind: Dispute['kind'];
  size: string;
  is_proven: boolean;
  evidence: string;
  reported_at: Date;
  incident_index: string | null;
}>;

const COLUMNS = 'sequence, witness, kind, size, is_proven, evidence, reported_at, incident_index';

export class PostgresDisputeStore extends DisputeStore {
  /** Logged in as the node's role. The owner listens to its `error` event. */
  constructor(
    private readonly pool: Pool,
    private readonly origin: string,
  ) {
    super();
  }

  override async record({ witness, kind, size, isProven, evidence }: Dispute): Promise<void> {
    await this.pool.query(
      `insert into app.log_dispute (origin, witness, kind, size, is_proven, evidence) values ($1, $2, $3, $4, $5, $6)
       on conflict (origin, witness, kind, is_proven) do nothing`,
      [this.origin, witness, kind, size, isProven, evidence],
    );
  }

  override async recorded(): Promise<readonly RecordedDispute[]> {
    const { rows } = await this.pool.query<Row>(
      `select ${COLUMNS} from app.log_dispute where origin = $1 order by sequence`,
      [this.origin],
    );
    return rows.map(recordedOf);
  }

  override async logIncidents(write: (dispute: RecordedDispute) => Promise<number>): Promise<void> {
    const client = await this.pool.connect();
    try {
      while (await logOne(client, this.origin, write));
      client.release();
    } catch (error) {
      // Its transaction may still be open.
      client.release(true);
      throw error;
    }
  }
}

/** Whether there was one. Nodes that look at the same moment leave it to who holds the row. */
async function logOne(
  client: ClientBase,
  origin: string,
  write: (dispute: RecordedDispute) => Promise<number>,
): Promise<boolean> {
  await client.query('begin');
  const { rows } = await client.query<Row>(
    `select ${COLUMNS} from app.log_dispute where origin = $1 and incident_index is null
     order by sequence limit 1 for update skip locked`,
    [origin],
  );
  const [row] = rows;
  if (row !== undefined) {
    const index = await write(recordedOf(row));
    await client.query('update app.log_dispute set incident_index = $2 where sequence = $1', [row.sequence, index]);
  }
  await client.query('commit');
  return row !== undefined;
}

function recordedOf({ witness, kind, size, is_proven, evidence, reported_at, incident_index }: Row): RecordedDispute {
  return {
    witness,
    kind,
    size: Number(size),
    isProven: is_proven,
    evidence,
    reportedAtMs: reported_at.getTime(),
    incidentIndex: incident_index === null ? undefined : Number(incident_index),
  };
}
