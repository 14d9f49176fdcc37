import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { LogStore } from '../audit/log-store.js';

/** `checkpoint` is absent as long as the log is empty. */
export type NewestCheckpoint = Readonly<{ checkpoint: string | undefined; treeSize: number; rootHash: Buffer }>;

/** The newest signed checkpoint (C2SP tlog-checkpoint). */
export class GetCheckpoint extends Query<NewestCheckpoint> {}

@QueryHandler(GetCheckpoint)
export class GetCheckpointHandler implements IQueryHandler<GetCheckpoint> {
  constructor(private readonly store: LogStore) {}

  async execute(): Promise<NewestCheckpoint> {
    const { checkpoint, size, root } = await this.store.head();
    return { checkpoint, treeSize: size, rootHash: root };
  }
}
