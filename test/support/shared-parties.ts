import { type PartyLimits, SharedParties } from '../../src/platform/guard/shared-party.js';
import { operationalLog } from '../../src/platform/operational-log.js';

const LIMITS: PartyLimits = {
  ...{ most: 8, queue: 8, failures: 1000, pauseMs: 100, registerTimeoutMs: 2000, repeatShare: 0 },
};

/** Guards that let everything through, where nothing else is said. */
export function sharedParties(over: Partial<PartyLimits> = {}): SharedParties {
  return new SharedParties({ ...LIMITS, ...over }, operationalLog('node', 'silent'));
}
