import { StartFault } from '../platform/run-process.js';

/** One thing wrong in the catalogue. `line` counts from 1; 0 where the whole file is meant. */
export type Fault = Readonly<{ file: string; line: number; message: string }>;

/** Everything that is wrong in a catalogue, at once, so that it can be repaired in one go. */
export class CatalogueFault extends StartFault {
  constructor(readonly faults: readonly Fault[]) {
    super(['the catalogue has faults:', ...faults.map((it) => `${it.file}:${it.line}: ${it.message}`)].join('\n  '));
    this.name = 'CatalogueFault';
  }
}
