/** A signed checkpoint: `note` is its text (C2SP tlog-checkpoint), `size` and `root` (32 bytes) what it says. */
export type KeptCheckpoint = Readonly<{ size: number; root: Buffer; note: string }>;

/** Another checkpoint of this very size is kept: the log has two histories, and somebody holds a receipt of each. */
export class CheckpointForked extends Error {
  override readonly name = 'CheckpointForked';

  constructor(readonly size: number) {
    super(`another checkpoint of ${size} entries is kept`);
  }
}

/** What became of a checkpoint: it is the newest now, it was already, or a larger one is kept. */
export type Kept = 'newest' | 'known' | 'behind';

/**
 * Keeps the newest checkpoint of one log outside its database: a restored backup is as consistent in itself as the
 * database that it replaces. Nodes and commands may share one store.
 *
 * - `advance` compares and sets in one step: of any number of concurrent calls, also from other processes and however
 *   late, the largest checkpoint stays. `newest` is durable when it returns. A smaller one changes nothing. Throws
 *   {@link CheckpointForked} where the same size is kept with another root, and changes nothing.
 * - `read` gives the text as it is kept, or `undefined` where nothing ever was. It vouches for nothing: whoever reads it
 *   verifies the signature.
 *
 * Both throw `VaultFault` for what this store did not write.
 */
export abstract class CheckpointStore {
  abstract advance(next: KeptCheckpoint): Promise<Kept>;
  abstract read(): Promise<string | undefined>;
}
