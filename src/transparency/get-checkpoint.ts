import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { LogStore } from '../audit/log-store.js';
import { WitnessedCheckpoints } from '../witnesses/witnessed-checkpoints.js';

/** `checkpoint` is absent as long as the log is empty. */
export type NewestCheckpoint = Readonly<{ checkpoint: string | undefined; treeSize: number; rootHash: Buffer }>;

/** The newest signed checkpoint (C2SP tlog-checkpoint), with the cosignatures that are there for it. */
export class GetCheckpoint extends Query<NewestCheckpoint> {}

@QueryHandler(GetCheckpoint)
export class GetCheckpointHandler implements IQueryHandler<GetCheckpoint> {
  constructor(
    private readonly store: LogStore,
    private readonly witnessed: WitnessedCheckpoints,
  ) {}

  async execute(): Promise<NewestCheckpoint> {
    const { checkpoint: signed, size, root } = await this.store.head();
    const checkpoint = signed && (await this.witnessed.withCosignatures(signed));
    return { checkpoint, treeSize: size, rootHash: root };
  }
}
