import { hash } from 'node:crypto';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { LogReader } from '../audit/log-reader.js';
import { invalid, outage, refusal } from '../platform/fault.js';
import { drawnIndices, sampleSeed } from './draw-sample-indices.js';
import { ActFollower } from './follow-acts.js';
import { OversightDesk, type Visit } from './oversight-desk.js';
import { type Drawn, SampleStore, type StoredSample } from './sample-store.js';
import { SampleWitness, WITNESSED_AGAIN_MS } from './sample-witness.js';

const AT_ONCE = 500;
/** Of a population with hardly any retrieval as many as are found in so many draws. */
const DRAWS_PER_ITEM = 100;

/** Reveals the nonce and draws by what the log fixed before; drawn once, it stays. */
export class DrawSample extends Command<StoredSample> {
  constructor(
    readonly visit: Visit,
    readonly logIndex: number,
    readonly nonce: Buffer,
  ) {
    super();
  }
}

@CommandHandler(DrawSample)
export class DrawSampleHandler implements ICommandHandler<DrawSample> {
  constructor(
    private readonly desk: OversightDesk,
    private readonly acts: ActFollower,
    private readonly reader: LogReader,
    private readonly samples: SampleStore,
    private readonly witness: SampleWitness,
  ) {}

  /** @throws Fault CALL_NOT_ALLOWED, SESSION_*, ASSURANCE_TOO_LOW, REQUEST_INVALID, LOG_NOT_WITNESSED; NOT_FOUND for somebody else's */
  async execute({ visit, logIndex, nonce }: DrawSample): Promise<StoredSample> {
    const officer = await this.desk.acceptOfficer(visit);
    await this.witness.look();
    const sample = await this.samples.find(logIndex);
    if (sample === undefined || sample.actor !== officer.session.actor) throw refusal('NOT_FOUND');
    if (!hash('sha256', nonce, 'buffer').equals(sample.nonceHash))
      throw invalid([{ field: 'nonce', description: 'is not the one that was committed to' }]);
    if (sample.nonce !== undefined) return sample;
    const { checkpoint, fixedIndex } = sample;
    const witnessed = fixedIndex === undefined ? undefined : await this.witness.signedWith(fixedIndex);
    if (checkpoint === undefined || fixedIndex === undefined || witnessed === undefined)
      throw outage('LOG_NOT_WITNESSED', undefined, WITNESSED_AGAIN_MS);
    const items = await this.draw(sample, sampleSeed({ nonce, checkpoint }));
    await this.desk.acts(officer, 'sample.drawn', {
      sample: {
        ...{ sample: logIndex, nonce: nonce.toString('base64url'), checkpoint },
        ...{ fixed_index: fixedIndex, witnessed },
        drawn: items.map((it) => it.logIndex),
        counted: items.filter((it) => it.isCounted).map((it) => it.logIndex),
      },
    });
    await this.acts.follow();
    return (await this.samples.find(logIndex)) ?? sample;
  }

  /** Retrievals that ended, and in between what else was drawn: left out it could not be drawn again by others. */
  private async draw({ firstIndex, endIndex, size }: StoredSample, seed: Buffer): Promise<Drawn[]> {
    const drawn: Drawn[] = [];
    let counted = 0;
    const indices = drawnIndices(seed, firstIndex, endIndex);
    while (counted < size && drawn.length < size * DRAWS_PER_ITEM) {
      const next = some(indices, AT_ONCE);
      if (next.length === 0) break;
      const records = await this.reader.records(next);
      const retrievals = new Set(
        records.filter(({ caller }) => caller.event === 'retrieval.closed').map((it) => it.index),
      );
      for (const logIndex of next) {
        if (counted === size || drawn.length === size * DRAWS_PER_ITEM) break;
        const isCounted = retrievals.has(logIndex);
        if (isCounted) counted++;
        drawn.push({ logIndex, isCounted });
      }
    }
    return drawn;
  }
}

/** Leaves the rest in the generator, which taking by its own method would close. */
function some(indices: Generator<number>, most: number): number[] {
  const taken: number[] = [];
  while (taken.length < most) {
    const { value, done } = indices.next();
    if (done) break;
    taken.push(value);
  }
  return taken;
}
