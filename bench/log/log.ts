import type { MeasureGroup } from '../measure.js';
import { append } from './append.js';
import { latency } from './latency.js';
import { memory } from './memory.js';
import { reads } from './reads.js';
import { verification } from './verification.js';

/** The log. Each part has what it needs for itself, so that one figure does not cost the others. */
export const log: readonly MeasureGroup[] = [append, latency, reads, verification, memory];
