import { WitnessedCheckpoints } from '../witnesses/witnessed-checkpoints.js';
import { SampleStore } from './sample-store.js';

/** Keeps for each sample the first cosigned checkpoint after its commitment, as soon as there is one: no later one steers the draw. */
export class SampleWitness {
  constructor(
    private readonly samples: SampleStore,
    private readonly witnessed: WitnessedCheckpoints,
  ) {}

  async look(): Promise<void> {
    for (const sample of await this.samples.waiting()) {
      // The entry of the commitment is in the tree of the checkpoint.
      const first = await this.witnessed.firstBeyond(sample);
      if (first !== undefined) await this.samples.keepCheckpoint(sample, first.note);
    }
  }
}
