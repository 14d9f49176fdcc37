import type { ClientBase } from 'pg';

/** The whole log at one moment, read as the superuser past everything that the node has. */
export type LogState = Readonly<{
  size: number;
  root: Buffer;
  frontier: readonly Buffer[];
  checkpoint: string | undefined;
  /** Of the entries: how many, and the largest index. */
  entries: number;
  last: number;
  /** One behind the other, by index. */
  leaves: Buffer;
  /** Level → hashes one behind the other by index, how many, and the largest index. */
  nodes: ReadonlyMap<number, Readonly<{ hashes: Buffer; count: number; last: number }>>;
}>;

type HeadRow = { size: string; root: Buffer; frontier: Buffer[]; checkpoint: string | null };
type EntriesRow = { count: string; last: string | null; leaves: Buffer | null };
type NodesRow = { level: number; count: string; last: string; hashes: Buffer };

/** In one repeatable-read transaction, which the caller has begun. */
export async function readLog(client: ClientBase): Promise<LogState> {
  const { rows: heads } = await client.query<HeadRow>('select size, root, frontier, checkpoint from log.head');
  const { rows: entries } = await client.query<EntriesRow>(
    `select count(*) as count, max(index) as last, string_agg(leaf, ''::bytea order by index) as leaves from log.entry`,
  );
  const { rows: nodes } = await client.query<NodesRow>(
    `select level, count(*) as count, max(index) as last, string_agg(hash, ''::bytea order by index) as hashes
     from log.node group by level`,
  );
  const [head] = heads;
  const [all] = entries;
  if (head === undefined || heads.length !== 1) throw new Error(`the log has ${heads.length} heads`);
  return {
    size: Number(head.size),
    root: head.root,
    frontier: head.frontier,
    checkpoint: head.checkpoint ?? undefined,
    entries: Number(all?.count),
    last: Number(all?.last ?? -1),
    leaves: all?.leaves ?? Buffer.alloc(0),
    nodes: new Map(
      nodes.map(({ level, count, last, hashes }) => [level, { hashes, count: Number(count), last: Number(last) }]),
    ),
  };
}
