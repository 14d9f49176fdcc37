import { exchange } from './exchange/exchange.js';
import { federation } from './federation/federation.js';
import { identity } from './identity/identity.js';
import { log } from './log/log.js';
import type { MeasureGroup } from './measure.js';
import { pages } from './pages/pages.js';
import { policy } from './policy/policy.js';

/** Everything that `npm run bench` can measure, in the order in which it runs. */
export const registry: readonly MeasureGroup[] = [...exchange, identity, ...log, ...policy, ...federation, pages];
