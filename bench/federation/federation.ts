import type { MeasureGroup } from '../measure.js';
import { hanging } from './hanging.js';
import { overhead } from './overhead.js';
import { recovery } from './recovery.js';
import { streams } from './streams.js';
import { unreliable } from './unreliable.js';

/** Fan-out to registers that are slow, fail, hang or come back. */
export const federation: readonly MeasureGroup[] = [overhead, hanging, unreliable, streams, recovery];
