import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { CatalogueFault } from '../../src/catalogue/catalogue-fault.js';
import { readScenarios } from '../../src/scenario/read-scenarios.js';
import { rowsOf } from '../../src/scenario/scenario-table.js';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

const HEAD = 'paragraph: X § 1\nabout: Something that a paragraph demands.\nscenarios:\n';

function read(scenarios: string) {
  const folder = mkdtempSync(join(tmpdir(), 'scenarios-'));
  folders.push(folder);
  cpSync('test/scenario/transfers.yaml', join(folder, 'transfers.yaml'));
  writeFileSync(join(folder, 'x.yaml'), `${HEAD}${scenarios}`);
  return readScenarios(folder);
}
function faultsOf(scenarios: string): readonly string[] {
  try {
    read(scenarios);
    return [];
  } catch (error) {
    if (error instanceof CatalogueFault) return error.faults.map(({ line, message }) => `${line}: ${message}`);
    throw error;
  }
}

describe('a table of cases', () => {
  it('becomes one case for each row, with what the row says', () => {
    const table = [
      { who: 'a', fields: ['x'], sample: true },
      { who: 'b', fields: ['y', 'z'] },
    ];
    expect(
      rowsOf({
        says: '{who} gets {who}',
        ask: { fields: '{fields}', more: '{none}' },
        law: { areas: { '{who}': 'c' } },
        table,
      }),
    ).toEqual([
      { says: 'a gets a', ask: { fields: ['x'] }, law: { areas: { a: 'c' } }, sample: true },
      { says: 'b gets b', ask: { fields: ['y', 'z'] }, law: { areas: { b: 'c' } } },
    ]);
    expect(rowsOf({ says: 'alone {who}' })).toEqual([{ says: 'alone {who}' }]);
  });

  it('has names by file, place and row', () => {
    const scenarios = read(
      [
        '  - says: "{field}"',
        '    transfer: kindergeld-geburt',
        '    table: [{ field: sex }, { field: birth_time, sample: true }]',
        '    ask: { fields: ["{field}"] }',
        '    expect: { refused: TRANSFER_NOT_PERMITTED }',
        '  - says: one more',
        '    transfer: kindergeld-geburt',
        '    expect: { permitted: [] }',
      ].join('\n'),
    );
    expect(scenarios.map(({ id, says, isSampled }) => [id, says, isSampled])).toEqual([
      ['x/1.1', 'sex', false],
      ['x/1.2', 'birth_time', true],
      ['x/2', 'one more', false],
    ]);
  });
});

describe('a faulty scenario is named with its line', () => {
  it.each([
    [
      'an unknown transfer',
      '  - says: a\n    transfer: nothing\n    expect: { refused: X }\n',
      '5: transfer "nothing" does not exist',
    ],
    [
      'an unknown member',
      '  - says: a\n    transfer: kindergeld-geburt\n    expekt: { refused: X }\n',
      'unknown member "expekt"',
    ],
    [
      'both verdicts',
      '  - says: a\n    transfer: kindergeld-geburt\n    expect: { refused: X, permitted: [] }\n',
      'must match exactly one schema',
    ],
    [
      'a value of a table that cannot be meant',
      '  - says: a\n    transfer: kindergeld-geburt\n    expect: { refused: X }\n  - says: "{level}"\n    transfer: kindergeld-geburt\n    table: [{ level: hihg }]\n    decision: { assurance: "{level}" }\n    expect: { refused: X }\n',
      '7: /scenarios/1/decision/assurance',
    ],
  ])('%s', (_what, scenarios, message) => {
    expect(faultsOf(scenarios).join('\n')).toContain(message);
  });
});
