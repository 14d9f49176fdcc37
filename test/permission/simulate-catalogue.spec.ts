import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { NodeIdentity } from '../../src/access/node-identity.js';
import { CurrentCatalogue } from '../../src/catalogue/current-catalogue.js';
import { loadCatalogue } from '../../src/catalogue/load-catalogue.js';
import { Intermediary, type Permission } from '../../src/permission/intermediary.js';
import type { PolicyScope } from '../../src/permission/policy-scope.js';
import type { PastCheck } from '../../src/permission/replay-checks.js';
import { SimulateCatalogue, SimulateCatalogueHandler } from '../../src/permission/simulate-catalogue.js';
import { FixedClock } from '../audit/log-keys.js';
import { rulesAlone } from '../support/agreements.js';
import { aKeyPair } from '../support/keys.js';

const current = new CurrentCatalogue(
  rulesAlone(loadCatalogue({ folder: 'catalogue', deployment: 'test/catalogue/deployment' })),
);
const key = (await aKeyPair('node-key')).signing;
const node = new NodeIdentity('node', 'https://node.example', 'thumbprint', key, key);
const RULES = readFileSync('catalogue/rules.yaml', 'utf8');
const call = { deadline: Date.now() + 60_000, signal: new AbortController().signal };

const aCheck = (over: Partial<PastCheck> = {}): PastCheck => ({
  checkedAt: 0,
  consumer: 'familienkasse-online',
  provider: 'personenstand-bremen',
  evidenceType: 'geburt',
  purpose: 'kindergeld-antrag',
  legalBasis: 'egovg-5-1-1',
  askedFields: ['birth_date'],
  fields: ['birth_date'],
  isRequest: true,
  reason: null,
  ruleIds: ['kindergeld-geburt'],
  catalogueVersion: current.catalogue.version,
  ...over,
});

class Recorded extends Intermediary {
  since = -1;
  constructor(
    private readonly checks: readonly PastCheck[],
    private readonly before: Promise<void> = Promise.resolve(),
  ) {
    super();
  }
  override check(): Promise<Permission> {
    throw new Error('a simulation asks for nothing');
  }
  override async *pastChecks(sinceMs: number): AsyncGenerator<PastCheck> {
    this.since = sinceMs;
    await this.before;
    yield* this.checks;
  }
}

const clock = new FixedClock(Date.parse('2026-11-23T12:00:00Z'));

type Wish = Readonly<{ files?: Record<string, string>; version?: string; scope?: PolicyScope }>;
const theirs = { consumer: 'elterngeld-online', legalBasis: 'beeg-25', purpose: 'elterngeld-antrag' };
const recorded = () => new Recorded([aCheck(), aCheck(theirs), aCheck({ consumer: null })]);
const simulate = (
  { files = {}, version, scope = { of: 'node', node: 'node' } }: Wish,
  handler = new SimulateCatalogueHandler(node, current, recorded(), clock),
) =>
  handler.execute(
    new SimulateCatalogue(
      scope,
      new Map(Object.entries(files).map(([name, text]) => [name, Buffer.from(text)])),
      version,
      42,
      call,
    ),
  );
const without = (id: string) => {
  const start = RULES.indexOf(`  - id: ${id}\n`);
  return RULES.slice(0, start) + RULES.slice(RULES.indexOf('\n  - id: ', start + 1) + 1);
};

describe('a simulation', () => {
  it('says which decisions other rules would have turned', async () => {
    const { flips, replayed, notReplayed, version } = await simulate({
      files: { 'rules.yaml': without('kindergeld-geburt') },
    });
    expect({ replayed, notReplayed }).toEqual({ replayed: 2, notReplayed: 1 });
    expect(flips.map(({ question, count }) => [question.consumer, count])).toEqual([['familienkasse-online', 1]]);
    expect(version).not.toBe(current.catalogue.version);
  });

  it('knows the version in force, and no other', async () => {
    expect((await simulate({ version: current.catalogue.version })).flips).toEqual([]);
    await expect(simulate({ version: 'another' })).rejects.toMatchObject({ reason: 'NOT_FOUND' });
    await expect(simulate({})).rejects.toMatchObject({ reason: 'NOT_FOUND' });
  });

  it.each<[PolicyScope, number]>([
    [{ of: 'consumer', consumer: 'familienkasse-online' }, 1],
    [{ of: 'consumer', consumer: 'elterngeld-online' }, 1],
    [{ of: 'registers', registers: ['personenstand-bremen'] }, 3],
    [{ of: 'registers', registers: ['melderegister-bremen'] }, 0],
  ])('is about what concerns the caller: %j', async (scope, count) => {
    const { replayed, notReplayed } = await simulate({ version: current.catalogue.version, scope });
    expect(replayed + notReplayed).toBe(count);
  });

  it.each<[PolicyScope, number]>([
    [{ of: 'node', node: 'node' }, 1],
    [{ of: 'consumer', consumer: 'familienkasse-online' }, 1],
    [{ of: 'consumer', consumer: 'elterngeld-online' }, 0],
    [{ of: 'registers', registers: ['personenstand-bremen'] }, 0],
  ])('tells which demands would go with a rule, if it is about the caller: %j', async (scope, count) => {
    const { rules } = current.catalogue;
    const [strict] = rules.filter(({ id }) => id === 'kindergeld-geburt');
    const today = {
      ...current.catalogue,
      rules: [...rules, { ...strict!, id: 'strict', min_assurance: 'high' as const }],
    };
    const handler = new SimulateCatalogueHandler(node, new CurrentCatalogue(today), recorded(), clock);
    const { loosened } = await simulate({ files: { 'rules.yaml': RULES }, scope }, handler);
    const told = { rule: 'strict', remaining: 'kindergeld-geburt', demands: ['min_assurance'] };
    expect(loosened).toEqual(count === 0 ? [] : [told]);
  });

  it('is refused to another node: what this one had asked is nothing of its own', async () => {
    const asked = simulate({ version: current.catalogue.version, scope: { of: 'node', node: 'another-node' } });
    await expect(asked).rejects.toMatchObject({ reason: 'CALL_NOT_ALLOWED' });
  });

  it('names every fault of the files at once, with its line', async () => {
    const faulty = {
      'rules.yaml': RULES.replace('purpose: kindergeld-antrag', 'purpose: werbung'),
      'areas.yaml': 'areas: 3\n',
    };
    await expect(simulate({ files: faulty })).rejects.toMatchObject({
      reason: 'REQUEST_INVALID',
      violations: [
        { field: 'files["areas.yaml"]', description: 'line 1: /areas must be array' },
        { field: 'files["rules.yaml"]', description: 'line 11: purpose "werbung" does not exist' },
      ],
    });
    await expect(simulate({ files: { 'keys.yaml': 'keys: []\n' } })).rejects.toMatchObject({
      reason: 'REQUEST_INVALID',
    });
    await expect(simulate({ files: { '../rules.yaml': RULES } })).rejects.toMatchObject({ reason: 'REQUEST_INVALID' });
  });

  it('is one at a time, and leaves the catalogue in force alone', async () => {
    const { version } = current.catalogue;
    let end = () => {};
    const handler = new SimulateCatalogueHandler(
      node,
      current,
      new Recorded([], new Promise((resolve) => (end = resolve))),
      clock,
    );
    const first = simulate({ version }, handler);
    await expect(simulate({ version }, handler)).rejects.toMatchObject({ reason: 'BUSY' });
    end();
    await first;
    await simulate({ files: { 'rules.yaml': without('kindergeld-geburt') } }, handler);
    expect(current.catalogue.version).toBe(version);
  });
});
