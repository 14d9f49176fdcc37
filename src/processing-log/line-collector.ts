import type { ProcessingLine } from './processing-line.js';

/** The collector has not confirmed the lines: none of them counts as delivered, whatever became of them. */
export class LinesNotConfirmed extends Error {
  override readonly name = 'LinesNotConfirmed';
}

/** Who keeps the processing log. */
export abstract class LineCollector {
  /** Resolves once the collector has confirmed every line. @throws LinesNotConfirmed */
  abstract send(lines: readonly ProcessingLine[], signal: AbortSignal): Promise<void>;
}
