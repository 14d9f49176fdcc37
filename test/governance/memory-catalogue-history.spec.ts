import { describe } from '@jest/globals';
import { SystemClock } from '../../src/platform/clock.js';
import { catalogueHistoryContract } from './catalogue-history.contract.js';
import { MemoryCatalogueHistory } from './memory-catalogue-history.js';

describe('MemoryCatalogueHistory keeps the contract of CatalogueHistory', () => {
  catalogueHistoryContract(async () => new MemoryCatalogueHistory(new SystemClock()));
});
