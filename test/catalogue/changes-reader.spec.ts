import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parse, stringify } from 'yaml';
import { AGREEMENT_TYP, agreementBytes } from '../../src/catalogue/agreement.js';
import type { Agreement, Catalogue, Endpoint, ParticipantKeys } from '../../src/catalogue/catalogue.js';
import { CatalogueFault } from '../../src/catalogue/catalogue-fault.js';
import { ChangesCatalogueReader } from '../../src/catalogue/catalogue-reader.changes.js';
import { CatalogueReader } from '../../src/catalogue/catalogue-reader.js';
import { CurrentCatalogue } from '../../src/catalogue/current-catalogue.js';
import {
  CATALOGUE_FILES,
  loadCatalogue,
  readChanges,
  readVersion,
  VERSION_FILES,
  type VersionFiles,
} from '../../src/catalogue/load-catalogue.js';
import { atOnce } from '../../src/platform/slices.js';
import { signDetached } from '../../src/tokens/detached-jws.js';
import { aKeyPair } from '../support/keys.js';

const NOW = Date.parse('2026-11-23T12:00:00Z');
const folder = mkdtempSync(join(tmpdir(), 'changes-'));
afterAll(() => rmSync(folder, { recursive: true }));
cpSync('catalogue', folder, { recursive: true, filter: (path) => !path.includes('schema') });
cpSync('test/catalogue/deployment', folder, { recursive: true });
await agree();

const inFolder: VersionFiles = new Map(CATALOGUE_FILES.map((name) => [name, readFileSync(join(folder, name))]));
const files: VersionFiles = new Map([...inFolder].filter(([name]) => VERSION_FILES.includes(name)));

/** One agreement, as wide as the rule that it is about, signed by both sides. */
async function agree(): Promise<void> {
  const signers = {
    'familienkasse-online': await aKeyPair('familienkasse-online-agreement', 'Ed25519', 'agreement'),
    'personenstand-bremen': await aKeyPair('personenstand-bremen-agreement', 'ES256', 'agreement'),
  };
  const { keys }: { keys: ParticipantKeys[] } = parse(readFileSync(join(folder, 'keys.yaml'), 'utf8'));
  const more = keys.map((it) => {
    const own = Object.entries(signers).find(([participant]) => participant === it.participant)?.[1];
    return own === undefined ? it : { ...it, keys: [...it.keys, own.published] };
  });
  writeFileSync(join(folder, 'keys.yaml'), stringify({ keys: more }));
  const rule = loadCatalogue({ folder }).rules.find(
    (it) =>
      it.effect === 'allow' && it.consumer === 'familienkasse-online' && it.provider === 'type:personenstandsregister',
  );
  if (rule === undefined) throw new Error('no such rule');
  const { evidence_type, purpose, legal_basis, fields } = rule;
  const agreement: Agreement = {
    ...{ id: 'familienkasse--personenstand', consumer: 'familienkasse-online', register: 'personenstand-bremen' },
    ...{ node: 'node', encryption_keys: ['A'.repeat(43)], node_keys: ['B'.repeat(43)] },
    ...{ valid_from: '2026-01-01T00:00:00Z', valid_until: '2027-01-01T00:00:00Z', signatures: {} },
    transfers: [{ evidence_type, purpose, legal_basis, fields }],
  };
  const bytes = agreementBytes(agreement);
  const signatures = {
    consumer: await signDetached(bytes, AGREEMENT_TYP, signers['familienkasse-online'].signing),
    register: await signDetached(bytes, AGREEMENT_TYP, signers['personenstand-bremen'].signing),
  };
  writeFileSync(join(folder, 'agreements.yaml'), stringify({ agreements: [{ ...agreement, signatures }] }));
}

class CountingReader extends CatalogueReader {
  reads = 0;
  override async version(read: VersionFiles, endpoints: readonly Endpoint[], nowMs?: number): Promise<Catalogue> {
    this.reads += 1;
    return readVersion(read, endpoints, nowMs === undefined ? {} : { nowMs });
  }
  override async folder(from: string): Promise<Catalogue> {
    this.reads += 1;
    return loadCatalogue({ folder: from });
  }
}

type Result = Readonly<{ catalogue: Catalogue }> | Readonly<{ faults: readonly string[] }>;

/** Without lines: those are told by who reads the whole. */
function resultOf(read: () => Catalogue): Result {
  try {
    return { catalogue: read() };
  } catch (error) {
    if (!(error instanceof CatalogueFault)) throw error;
    return { faults: error.faults.map(({ file, message }) => `${file}: ${message}`) };
  }
}

const at = fc.nat();
/** What people get wrong or mean in a list of entries, and in a file of anything. */
const edit = fc.oneof(
  fc.record({ kind: fc.constantFrom('remove', 'repeat', 'swap' as const), entry: at, other: at }),
  fc.record({ kind: fc.constantFrom('cut' as const), entry: at, other: at }),
  fc.record({ kind: fc.constantFrom('word' as const), entry: at, other: at }),
  fc.record({ kind: fc.constantFrom('comment' as const), entry: at, other: at }),
);
type Edit = Readonly<{ kind: string; entry: number; other: number }>;
const changes = fc.array(fc.tuple(fc.constantFrom(...VERSION_FILES), edit), { minLength: 1, maxLength: 3 });

const ENTRY = /^(?= {0,2}- )/m;
const WORD = /[a-z_][a-z0-9_-]{2,}/g;
const words = [...new Set([...files.values()].flatMap((it) => it.toString().match(WORD) ?? []))];

function edited(text: string, { kind, entry, other }: Edit): string {
  const parts = text.split(ENTRY);
  const lines = text.split('\n');
  const [one, two] = [entry, other].map((it) => 1 + (it % Math.max(1, parts.length - 1))) as [number, number];
  switch (kind) {
    case 'remove':
      return parts.toSpliced(one, 1).join('');
    case 'repeat':
      return parts.toSpliced(two, 0, parts[one] ?? '').join('');
    case 'swap':
      return parts
        .with(0, parts[0] ?? '')
        .map((it, n) => (n === one ? parts[two] : n === two ? parts[one] : it) ?? '')
        .join('');
    case 'cut':
      return lines.toSpliced(entry % lines.length, 1).join('\n');
    case 'comment':
      return `${text}# ${other}\n`;
    default: {
      const places = [...text.matchAll(WORD)];
      const place = places[entry % places.length];
      if (place === undefined) return text;
      return `${text.slice(0, place.index)}${words[other % words.length]}${text.slice(place.index + place[0].length)}`;
    }
  }
}

function withEdits(given: VersionFiles, edits: readonly (readonly [string, Edit])[]): VersionFiles {
  const next = new Map(given);
  for (const [name, it] of edits) next.set(name, Buffer.from(edited(next.get(name)?.toString() ?? '', it)));
  return next;
}

describe('what of a catalogue differs from the one in force, read by itself', () => {
  it('is the catalogue that all of the files are, or has the faults that they have', () => {
    const seen = { valid: 0, invalid: 0, unread: 0 };
    const between = new Set<string>();
    fc.assert(
      fc.property(fc.array(changes, { minLength: 1, maxLength: 3 }), (versions) => {
        let known = readVersion(files, []);
        let read = files;
        for (const edits of versions) {
          const next = withEdits(read, edits);
          const whole = resultOf(() => readVersion(next, [], { nowMs: NOW }));
          let unread = false;
          const changed = resultOf(() => {
            const found = atOnce(readChanges(known, { files: next, endpoints: [], nowMs: NOW }));
            if (found !== undefined) return found;
            unread = true;
            throw new CatalogueFault([]);
          });
          if (unread) {
            seen.unread += 1;
            // Left to who reads the whole because of a file that is by itself wrong, and for nothing else.
            expect(whole).toHaveProperty('faults');
            continue;
          }
          expect(changed).toEqual(whole);
          if ('catalogue' in changed) {
            seen.valid += 1;
            [known, read] = [changed.catalogue, next];
          } else {
            seen.invalid += 1;
            for (const it of changed.faults) between.add(it.replaceAll(/"[^"]*"|\d+/g, '…'));
          }
        }
      }),
      { numRuns: 40, seed: 136 },
    );
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(8);
    expect(between.size).toBeGreaterThan(10);
  });
});

describe('a reader of changes', () => {
  let whole: CountingReader;
  let reader: ChangesCatalogueReader;
  beforeEach(() => {
    whole = new CountingReader();
    reader = new ChangesCatalogueReader(new CurrentCatalogue(loadCatalogue({ folder })), whole);
  });
  const spoilt = (name: string, from: string, to: string): VersionFiles => {
    const text = inFolder.get(name)?.toString() ?? '';
    if (!text.includes(from)) throw new Error(`${name} has no "${from}"`);
    return new Map([...inFolder, [name, Buffer.from(text.replace(from, () => to))]]);
  };
  const versionOf = (given: VersionFiles) => new Map([...given].filter(([name]) => VERSION_FILES.includes(name)));
  const narrowed = () => spoilt('rules.yaml', 'fields: [idnr, birth_date]', 'fields: [idnr]');

  it('keeps what it holds of all files but the changed one, and reads nothing as a whole', async () => {
    const before = loadCatalogue({ folder });
    reader = new ChangesCatalogueReader(new CurrentCatalogue(before), whole);
    const next = await reader.version(versionOf(narrowed()), before.endpoints, NOW);
    expect(next).toEqual(readVersion(versionOf(narrowed()), before.endpoints, { nowMs: NOW }));
    expect(next.version).not.toBe(before.version);
    expect(next.services).toBe(before.services);
    expect(next.rules).not.toBe(before.rules);
    expect(Object.isFrozen(next.rules[0]?.fields)).toBe(true);
    expect(whole.reads).toBe(0);
  });

  it('reads a folder with its addresses in the same way', async () => {
    const other = mkdtempSync(join(tmpdir(), 'changes-'));
    try {
      for (const [name, bytes] of narrowed()) writeFileSync(join(other, name), bytes);
      expect(await reader.folder(other)).toEqual(loadCatalogue({ folder: other }));
      expect(whole.reads).toBe(0);
      rmSync(join(other, 'areas.yaml'));
      await expect(reader.folder(other)).rejects.toMatchObject({
        faults: expect.arrayContaining([{ file: 'areas.yaml', line: 0, message: 'is missing' }]),
      });
      expect(whole.reads).toBe(1);
    } finally {
      rmSync(other, { recursive: true });
    }
  });

  it.each([
    ['a changed file', 'rules.yaml', 'consumer: familienkasse-online', 'consumer: nobody', 'rules.yaml'],
    ['a file that refers to a changed one', 'participants.yaml', 'id: familienkasse-online', 'id: x', 'rules.yaml'],
    ['an agreement that a rule goes beyond', 'agreements.yaml', '- birth_date\n', '- gender\n', 'rules.yaml'],
    ['a file that is no YAML', 'rules.yaml', 'effect: allow', 'effect: [', 'rules.yaml'],
  ])('tells file and line of every fault of %s', async (_, name, from, to, faulty) => {
    const given = versionOf(spoilt(name, from, to));
    const expected = (() => {
      try {
        readVersion(given, [], { nowMs: NOW });
      } catch (error) {
        return (error as CatalogueFault).faults;
      }
      throw new Error('it has no fault');
    })();
    expect(expected).toContainEqual(expect.objectContaining({ file: faulty, line: expect.any(Number) }));
    expect(expected.some(({ line }) => line > 0)).toBe(true);
    await expect(reader.version(given, [], NOW)).rejects.toMatchObject({ faults: expected });
    expect(whole.reads).toBe(1);
  });

  it('refuses a version whose agreement has ended since, though no byte of it is another', async () => {
    const after = Date.parse('2027-06-01T00:00:00Z');
    await expect(reader.version(files, [], after)).rejects.toMatchObject({
      faults: [expect.objectContaining({ message: 'agreement "familienkasse--personenstand" has ended' })],
    });
  });

  it('leaves a large change to who reads the whole, and a strange file, too', async () => {
    const large = `${files.get('rules.yaml')}${'# much\n'.repeat(40_000)}`;
    await reader.version(new Map([...files, ['rules.yaml', Buffer.from(large)]]), []);
    expect(whole.reads).toBe(1);
    await expect(reader.version(new Map([...files, ['more.yaml', Buffer.of()]]), [])).rejects.toThrow(CatalogueFault);
    expect(whole.reads).toBe(2);
  });
});
