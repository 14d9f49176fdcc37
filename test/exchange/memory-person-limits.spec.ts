import { describe } from '@jest/globals';
import { MemoryPersonLimits } from './memory-person-limits.js';
import { personLimitsContract } from './person-limits.contract.js';

describe('MemoryPersonLimits keeps the contract of PersonLimits', () => {
  personLimitsContract(async () => new MemoryPersonLimits());
});
