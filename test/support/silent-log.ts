import { OperationalLog } from '../../src/platform/operational-log.js';

/** Keeps warnings and errors of an operational log as lines. */
export class SilentLog extends OperationalLog {
  readonly lines: string[] = [];
  override info(): void {}
  override warn(details: object, message: string): void {
    this.lines.push(JSON.stringify({ ...details, message }));
  }
  override error(details: object, message: string): void {
    this.lines.push(JSON.stringify({ ...details, message }));
  }
}
