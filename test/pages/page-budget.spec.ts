import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { OF_LONG_LISTS, PAGE_BUDGET } from '../support/page-budget.js';

it('the budget of pages is in the documents as it is held in tests', () => {
  const [, table = ''] = readFileSync('docs/pages.md', 'utf8').split('## Budget');
  const rows = [...table.matchAll(/^\| `(\w+)` \| ([\d.]+) \| (.*) \|$/gm)];
  expect(Object.fromEntries(rows.map(([, name, most]) => [name, Number(most)]))).toEqual(PAGE_BUDGET);
  for (const [name, most] of Object.entries(OF_LONG_LISTS))
    expect(rows.find(([, it]) => it === name)?.[3]).toContain(`; ${most} `);
});
