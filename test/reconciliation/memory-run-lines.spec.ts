import { describe } from '@jest/globals';
import { MemoryRunLines } from './memory-parts.js';
import { runLinesContract } from './run-lines.contract.js';

describe('MemoryRunLines keeps the contract of RunLines', () => {
  runLinesContract(async () => new MemoryRunLines());
});
