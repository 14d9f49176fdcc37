import type { MeasureGroup } from '../measure.js';
import { hanging } from './hanging.js';
import { overhead } from './overhead.js';
import { recovery } from './recovery.js';
import { routing } from './routing.js';
import { streams } from './streams.js';
import { unreliable } from './unreliable.js';

/** Routes to registers, and registers that are slow, fail, hang or come back. Each part can be run by itself. */
export const federation: readonly MeasureGroup[] = [routing, overhead, hanging, unreliable, streams, recovery];
