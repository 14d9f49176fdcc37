import { spawnSync } from 'node:child_process';
import { expect, it } from '@jest/globals';
import { loadLaw } from '../../src/catalogue/load-catalogue.js';
import { readDemoOptions, SERVICES } from '../../src/demo/demo-options.js';

it('offers every online service of the catalogue', () => {
  const withForm = loadLaw('catalogue').services.filter(({ leika }) => leika !== undefined);
  expect(withForm.map(({ id }) => id)).toEqual([...SERVICES]);
  expect(readDemoOptions(['node', 'demo', '--service', 'bafoeg']).service).toBe('bafoeg');
  expect(readDemoOptions(['node', 'demo']).service).toBe('kindergeld');
});

it('knows who asks, and where an authority archives', () => {
  expect(readDemoOptions(['node', 'demo', '--as', 'authority', '--archive', 'a.json'])).toMatchObject({
    as: 'authority',
    archive: expect.stringMatching(/\/a\.json$/),
  });
  expect(readDemoOptions(['node', 'demo'])).not.toHaveProperty('as');
});

it.each([
  [['--as', 'authority', '--service', 'bafoeg'], "'--as <who>' cannot be used with option '--service <id>'"],
  [['--as', 'citizen'], 'Allowed choices are authority'],
  [['--archive', 'a.json'], "'--archive <file>' goes with '--as authority'"],
  [['--faulty', 'melderegister-bremen', '--once'], "'--faulty <register>' cannot be used with option '--once'"],
  [['--as'], "'--as <who>' argument missing"],
])('refuses %j before anything starts, and says why', (options, why) => {
  const { status, stderr, stdout } = spawnSync(process.execPath, ['dist/src/demo/main.js', ...options]);
  expect([status, stdout.toString()]).toEqual([1, '']);
  expect(stderr.toString()).toContain(why);
});
