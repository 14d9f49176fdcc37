import { AuditLog } from '../audit/audit-log.js';
import { WitnessedCheckpoints } from '../witnesses/witnessed-checkpoints.js';
import { steeringHash } from './draw-sample-indices.js';
import { ActFollower } from './follow-acts.js';
import { SampleStore, type StoredSample } from './sample-store.js';

/** After how long it is worth asking again whether the witnesses have signed. */
export const WITNESSED_AGAIN_MS = 10_000;

/**
 * - `waiting`: for witnesses to sign the commitment, or then the entry that fixes by what it is drawn.
 * - `fixed`: they have signed both, and the nonce may be told.
 * - `drawn`: it was.
 */
export type SampleState = 'waiting' | 'fixed' | 'drawn';

export type ShownSample = StoredSample & Readonly<{ state: SampleState }>;

/**
 * Fixes for each sample by an entry the first cosigned checkpoint after its commitment, as soon as there is one: no later one steers
 * the draw, and no other cosignatures of it do, whoever gets to know the nonce (IDNrG § 8).
 */
export class SampleWitness {
  constructor(
    /** Participant that runs the log. */
    private readonly node: string,
    private readonly audit: AuditLog,
    private readonly acts: ActFollower,
    private readonly samples: SampleStore,
    private readonly witnessed: WitnessedCheckpoints,
  ) {}

  /** What is fixed here or by another node meanwhile is in the rows then. */
  async look(): Promise<void> {
    await this.acts.follow();
    const waiting = await this.samples.waiting();
    for (const sample of waiting) {
      // The entry of the commitment is in the tree of the checkpoint.
      const first = await this.witnessed.firstBeyond(sample);
      if (first !== undefined) await this.fix(sample, first.note);
    }
    if (waiting.length > 0) await this.acts.follow();
  }

  /** These, in their order, each with how far it is. */
  async shown(samples: readonly StoredSample[]): Promise<ShownSample[]> {
    const size = (await this.witnessed.newest())?.size ?? 0;
    return samples.map((sample) => ({ ...sample, state: stateOf(sample, size) }));
  }

  /** The cosigned checkpoint of a tree with this entry, if there is one yet. */
  async signedWith(index: number): Promise<string | undefined> {
    return (await this.witnessed.firstBeyond(index))?.note;
  }

  private async fix(sample: number, checkpoint: string): Promise<void> {
    await this.audit.sampleFixed(sample, {
      caller: { consumer: this.node },
      protected: { sample: { sample, checkpoint_hash: steeringHash(checkpoint), checkpoint } },
    });
  }
}

/** @param witnessed size of the newest tree that the witnesses have signed */
function stateOf({ nonce, fixedIndex }: StoredSample, witnessed: number): SampleState {
  if (nonce !== undefined) return 'drawn';
  return fixedIndex !== undefined && witnessed > fixedIndex ? 'fixed' : 'waiting';
}
