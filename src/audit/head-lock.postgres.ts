import type { ClientBase } from 'pg';
import { type CompactRange, combine, frontier, restoreRange, root } from '#libs/merkle/compact-range.js';
import { emptyRoot } from '#libs/merkle/hash.js';
import { openCheckpoint } from '#libs/tlog/checkpoint.js';
import type { NoteVerifier } from '#libs/tlog/signed-note.js';
import type { Batch } from './append-batch.js';
import { type Effect, EffectLedger, type RetrievalState, type TriggerState } from './effect.js';

export type LockedHead = Readonly<{
  range: CompactRange;
  /** As the database states them. */
  root: Buffer;
  checkpoint: string | undefined;
  logTime: string;
  ledger: EffectLedger;
  /** Of the trees asked for those that are no beginning of this log. */
  lacks: readonly EarlierTree[];
}>;

/** A tree that this log had: whatever was acknowledged in it must still be there. */
export type EarlierTree = Readonly<{ size: number; root: Buffer }>;

/** Somebody else wrote this head: a checkpoint over it would make this log sign two histories. */
export class HeadNotSigned extends Error {
  override readonly name = 'HeadNotSigned';
}

type LockRow = {
  size: string;
  root: Buffer;
  frontier: Buffer[];
  checkpoint: string | null;
  log_time_ms: string;
  trigger_states: TriggerState['state'][];
  trigger_users: (string | null)[];
  retrieval_states: RetrievalState[];
  node_hashes: (Buffer | null)[];
  known_names: string[];
};

/**
 * Locks the head until the client's transaction ends, reads the states that these effects touch, and looks whether the
 * earlier trees are beginnings of this log.
 */
export async function lockHead(
  client: ClientBase,
  effects: readonly Effect[],
  earlier: readonly EarlierTree[] = [],
): Promise<LockedHead> {
  const triggers = [...new Set(effects.flatMap((effect) => ('trigger' in effect ? [effect.trigger] : [])))];
  const retrievals = [...new Set(effects.flatMap((effect) => ('retrieval' in effect ? [effect.retrieval] : [])))];
  const nodes = earlier.flatMap(({ size }) => frontier(size));
  const names = effects.flatMap((effect) => ('name' in effect ? [effect.name] : []));
  const { rows } = await client.query<LockRow>({
    name: 'lock_head',
    text: `select size, root, frontier, checkpoint, log_time_ms, trigger_states, trigger_users, retrieval_states,
        node_hashes, known_names from log.lock_head($1, $2, $3, $4, $5)`,
    values: [triggers, retrievals, nodes.map(({ level }) => level), nodes.map(({ index }) => index), names],
  });
  const [row] = rows;
  if (row === undefined) throw new Error('the log has no head');
  return {
    range: restoreRange(Number(row.size), row.frontier),
    root: row.root,
    checkpoint: row.checkpoint ?? undefined,
    logTime: new Date(Number(row.log_time_ms)).toISOString(),
    ledger: new EffectLedger(
      new Map(triggers.map((id, i) => [id, triggerState(row.trigger_states[i], row.trigger_users[i])])),
      new Map(retrievals.map((id, i) => [id, row.retrieval_states[i] ?? 'UNKNOWN'])),
      new Set(row.known_names),
    ),
    lacks: lackingOf(earlier, row.node_hashes),
  };
}

/** Begins a transaction with that: one round trip on a connection that does not wait between statements. */
export async function beginAtHead(...[client, ...asked]: Parameters<typeof lockHead>): Promise<LockedHead> {
  const [, head] = await Promise.all([client.query('begin'), lockHead(client, ...asked)]);
  return head;
}

function lackingOf(earlier: readonly EarlierTree[], hashes: readonly (Buffer | null)[]): EarlierTree[] {
  let read = 0;
  return earlier.filter((tree) => {
    const count = frontier(tree.size).length;
    const nodes = hashes.slice(read, read + count).filter((hash) => hash !== null);
    read += count;
    return nodes.length !== count || !(combine(nodes) ?? emptyRoot).equals(tree.root);
  });
}

/**
 * The database lets the node's login write any head that is one longer than the last; only the log's key says which
 * one this log wrote.
 */
export class HeadCheck {
  #own: (EarlierTree & Pick<LockedHead, 'checkpoint'>) | undefined;
  #demanded: EarlierTree | undefined;
  #inOwn: EarlierTree | undefined;

  constructor(private readonly log: NoteVerifier) {}

  /**
   * The trees that the next head must go on from: what this process committed last, and what is kept, unless this process has
   * committed on top of that since it was found in the log.
   */
  earlier(kept: EarlierTree | undefined): readonly EarlierTree[] {
    const own = this.#own;
    const isKnown =
      kept !== undefined && own !== undefined && kept.size <= own.size && this.#inOwn?.root.equals(kept.root) === true;
    return [own, isKnown ? undefined : kept].filter((tree) => tree !== undefined);
  }

  /** @param head with what it lacks of the `earlier` trees. @throws HeadNotSigned */
  demand(head: Pick<LockedHead, 'range' | 'root' | 'checkpoint' | 'lacks'>, kept?: EarlierTree): void {
    this.demandContinued(head);
    this.#demanded = kept;
  }

  private demandContinued(head: Parameters<HeadCheck['demand']>[0]): void {
    const { size } = head.range;
    const computed = root(head.range);
    if (!head.root.equals(computed)) throw new HeadNotSigned('the head of the log contradicts itself');
    // A log only grows: an older state was restored beneath this process, perhaps others went on over it, and its
    // signatures are all valid.
    if (head.lacks.some((tree) => tree.size > size)) throw new HeadNotSigned('the log is older than it was already');
    if (head.lacks.length > 0) throw new HeadNotSigned('the log has lost entries that were in it');
    // The usual case, without a signature to verify: this process wrote the last batch itself.
    const own = this.#own;
    if (own?.size === size && own.root.equals(computed) && own.checkpoint === head.checkpoint) return;
    const signed = this.open(head.checkpoint);
    if (signed.size !== size || !signed.root.equals(computed))
      throw new HeadNotSigned('the checkpoint of the log is of another head');
  }

  /** Of a batch that this process committed. */
  remember({ range, rootHash, checkpoint }: Pick<Batch, 'range' | 'rootHash' | 'checkpoint'>): void {
    this.#own = { size: range.size, root: rootHash, checkpoint };
    this.#inOwn = this.#demanded;
  }

  private open(checkpoint: string | undefined): Readonly<{ size: number; root: Buffer }> {
    if (checkpoint === undefined) return { size: 0, root: emptyRoot };
    try {
      return openCheckpoint(checkpoint, this.log);
    } catch (cause) {
      throw new HeadNotSigned('the checkpoint of the head is not one that this log signed', { cause });
    }
  }
}

function triggerState(state: TriggerState['state'] | undefined, by: string | null | undefined): TriggerState {
  if (state === 'USED') return { state, by: by ?? '' };
  return { state: state ?? 'UNKNOWN' };
}
