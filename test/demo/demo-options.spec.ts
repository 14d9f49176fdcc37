import { expect, it } from '@jest/globals';
import { loadLaw } from '../../src/catalogue/load-catalogue.js';
import { readDemoOptions, SERVICES } from '../../src/demo/demo-options.js';

it('offers every online service of the catalogue', () => {
  const withForm = loadLaw('catalogue').services.filter(({ leika }) => leika !== undefined);
  expect(withForm.map(({ id }) => id)).toEqual([...SERVICES]);
  expect(readDemoOptions(['node', 'demo', '--service', 'bafoeg']).service).toBe('bafoeg');
  expect(readDemoOptions(['node', 'demo']).service).toBe('kindergeld');
});
