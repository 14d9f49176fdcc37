import { EdgeLog, type EdgeLogEntry, type LogRead } from '../../src/register-edge/edge-log.js';

export class MemoryEdgeLog extends EdgeLog {
  readonly entries: EdgeLogEntry[] = [];
  readonly reads: LogRead[] = [];
  broken = false;

  override async append(entry: EdgeLogEntry): Promise<void> {
    if (this.broken) throw new Error('disk full');
    this.entries.push(entry);
  }

  override async appendRead(read: LogRead): Promise<void> {
    if (this.broken) throw new Error('disk full');
    this.reads.push(read);
  }
}
