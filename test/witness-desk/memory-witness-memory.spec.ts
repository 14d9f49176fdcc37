import { MemoryWitnessMemory } from './memory-witness-memory.js';
import { witnessMemoryContract } from './witness-memory.contract.js';

witnessMemoryContract(async () => {
  const memory = new MemoryWitnessMemory();
  return [memory, memory];
});
