import { expect, it } from '@jest/globals';
import { loadLaw } from '../../src/catalogue/load-catalogue.js';
import { readDemoOptions, SERVICES } from '../../src/demo/demo-options.js';

it('offers every online service of the catalogue', () => {
  expect(loadLaw('catalogue').services.map(({ id }) => id)).toEqual([...SERVICES]);
  expect(readDemoOptions(['node', 'demo', '--service', 'bafoeg']).service).toBe('bafoeg');
  expect(readDemoOptions(['node', 'demo']).service).toBe('kindergeld');
});
