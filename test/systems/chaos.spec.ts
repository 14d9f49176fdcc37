import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { packageRoot } from '../../src/platform/paths.js';
import { chaosRun } from '../support/chaos-run.js';
import { mutatedBuild, type Patch } from '../support/mutated-build.js';

const FAULTS = [
  ...['kill-waiting-node', 'kill-lock-holder', 'pause-lock-holder'],
  ...['stop-postgres', 'cut-connections', 'change-head'],
  ...['fail-over', 'lose-standby', 'flap-registers', 'corrupt-packets', 'skew-clocks', 'take-core', 'fill-disk'],
];
const MINUTES_8 = 480_000;

const data = join(packageRoot, 'data');

// A new checkout has no folder for data before its first run.
const foldersOfRuns = () => (existsSync(data) ? readdirSync(data) : []).filter((name) => name.startsWith('chaos'));

describe('npm run chaos', () => {
  it(
    'finds nothing that was acknowledged missing, nobody asked or released without an entry, whatever breaks (FZV § 68)',
    async () => {
      const before = foldersOfRuns();
      const { code, said, report } = await chaosRun(packageRoot, ['--seed', '1', '--once', '--only', FAULTS.join(',')]);
      expect({ code, said: code === 0 ? '' : said }).toEqual({ code: 0, said: '' });
      const faults = report?.faults.filter(({ name }) => name !== 'end') ?? [];
      expect(faults.map(({ name }) => name).sort()).toEqual([...FAULTS].sort());
      // What the machine cannot do is said, and does not count.
      const isSaid = (notes: readonly string[]) => notes.some((note) => note.startsWith('not injected: '));
      expect(faults.map(({ injected }) => injected)).toEqual(faults.map(({ notes }) => (isSaid(notes) ? 0 : 1)));
      const possible = faults.filter(({ injected }) => injected > 0).map(({ name }) => name);
      expect(possible).toEqual(
        expect.arrayContaining(FAULTS.filter((name) => !['take-core', 'fill-disk'].includes(name))),
      );
      expect(report?.faults.map(({ lost, violations }) => [lost, violations])).toEqual(
        report?.faults.map(() => [0, []]),
      );
      // It was under load, and what died left something to close.
      for (const { answers } of faults) expect(answers).toBeGreaterThan(10);
      expect(report?.kills).toBeGreaterThanOrEqual(2);
      expect(report?.log.unknown).toBeGreaterThan(0);
      expect(foldersOfRuns()).toEqual(before);
    },
    MINUTES_8,
  );

  it.each([[['--kills', '0']], [['--only', 'earthquake']], [['--load', 'none']], [['--no-such-option']]])(
    'refuses %j before anything is started',
    async (args) => {
      const { code, said, report } = await chaosRun(packageRoot, args);
      expect({ code, report }).toEqual({ code: 2, report: undefined });
      expect(said).toContain('usage:');
    },
  );
});

type Mutation = Readonly<{ what: string; patches: readonly Patch[]; args: readonly string[]; finds: RegExp }>;

const MUTATIONS: readonly Mutation[] = [
  {
    what: 'registers are asked before the entry "opened" is durable',
    patches: [
      {
        below: 'src/exchange',
        from: 'opened(event, context, retrievals, persons, ended) {',
        // Calls itself, and does not wait.
        to: `opened(event, context, retrievals, persons, ended, isLate = false) {
          if (!isLate) {
            this.opened(event, context, retrievals, persons, ended, true).catch(() => {});
            return Promise.resolve(retrievals.map(() => ({})));
          }`,
      },
    ],
    args: ['--only', 'kill-waiting-node', '--kills', '1'],
    finds: /^somebody was asked without an entry "opened"/,
  },
  {
    what: 'entries are acknowledged before they are committed',
    patches: [
      {
        below: 'src/audit',
        from: 'else await this.commit(client, written.batch);',
        // The connection is nobody else's until then: otherwise the log stops instead of lying.
        to: `else {
          const later = new Promise((resolve) => setTimeout(resolve, 40)).then(() => this.commit(client, written.batch));
          const release = client.release;
          client.release = () => later.then(() => release.call(client), () => release.call(client, true));
        }`,
      },
    ],
    args: ['--load', 'log', '--only', 'kill-lock-holder', '--kills', '4'],
    finds: /^acknowledged entry \d+ is not in the log|was given twice|is not consistent/,
  },
  {
    what: 'a retrieval may have a second final outcome',
    patches: [
      {
        below: 'src/audit',
        from: `if (state !== 'OPEN') return state === 'CLOSED' ? 'ALREADY_CLOSED' : 'UNKNOWN_RETRIEVAL';`,
        to: `if (state === 'UNKNOWN') return 'UNKNOWN_RETRIEVAL';`,
      },
      { below: 'src/audit/migrations', from: ' = e.id and r.closed_index is null;', to: ' = e.id;' },
      { below: 'src/audit/migrations', from: 'if done <> cardinality(p_kind) then', to: 'if false then' },
    ],
    args: ['--load', 'log', '--only', 'kill-writers', '--kills', '1'],
    finds: /^two final outcomes of one retrieval/,
  },
];

describe('the harness itself', () => {
  it.each(MUTATIONS)(
    'fails where $what',
    async ({ patches, args, finds }) => {
      const mutant = await mutatedBuild(patches);
      try {
        const { code, said, report } = await chaosRun(mutant.folder, ['--seed', '1', ...args]);
        expect({ code, said: report === undefined ? said : '' }).toEqual({ code: 1, said: '' });
        expect(report?.violations).toContainEqual(expect.stringMatching(finds));
      } finally {
        await mutant.remove();
      }
    },
    MINUTES_8,
  );

  it('makes no mutant of a text that is not there', async () => {
    await expect(mutatedBuild([{ below: 'src/audit', from: 'no such text', to: '' }])).rejects.toThrow('0 times');
  });
});
