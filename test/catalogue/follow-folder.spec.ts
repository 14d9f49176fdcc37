import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Catalogue } from '../../src/catalogue/catalogue.js';
import { CatalogueReader } from '../../src/catalogue/catalogue-reader.js';
import { CurrentCatalogue } from '../../src/catalogue/current-catalogue.js';
import { FollowedFolder, type LoadedFolder, loadFolder } from '../../src/catalogue/follow-folder.js';
import { loadCatalogue } from '../../src/catalogue/load-catalogue.js';
import { followingSettings } from '../../src/catalogue/start-following.js';
import { operationalLog } from '../../src/platform/operational-log.js';

/** Reads where it is called: the thread is a matter of the built output. */
class InPlaceReader extends CatalogueReader {
  override async version(): Promise<Catalogue> {
    throw new Error('a folder is followed');
  }
  override async folder(folder: string): Promise<Catalogue> {
    const failure = failures.shift();
    if (failure !== undefined) throw failure;
    return loadCatalogue({ folder });
  }
}

/** What the next reads fail with. */
let failures: Error[];
let folder: string;
let current: CurrentCatalogue;
let followed: FollowedFolder;
let hasEnded: boolean;
let demandPlace: (next: Catalogue) => void;
let ownMoment: Promise<unknown>;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'catalogue-'));
  cpSync('catalogue', folder, { recursive: true, filter: (path) => !path.includes('schema') });
  cpSync('test/catalogue/deployment', folder, { recursive: true });
  const loaded = await loadFolder(folder);
  current = new CurrentCatalogue(loaded.catalogue);
  failures = [];
  hasEnded = false;
  demandPlace = () => undefined;
  ownMoment = Promise.resolve();
  followed = following(loaded);
});
afterEach(() => rmSync(folder, { recursive: true }));

function following(loaded: LoadedFolder): FollowedFolder {
  return new FollowedFolder({
    loaded,
    reader: new InPlaceReader(),
    current,
    log: operationalLog('edge', 'silent'),
    ownMoment: () => ownMoment,
    demandPlace: (next) => demandPlace(next),
    end: () => {
      hasEnded = true;
    },
  });
}

function change(file: string, from: string, to: string): void {
  const text = readFileSync(join(folder, file), 'utf8');
  if (!text.includes(from)) throw new Error(`${file} has no "${from}"`);
  writeFileSync(join(folder, file), text.replace(from, to));
}
const narrow = () => change('rules.yaml', 'fields: [idnr, birth_date]', 'fields: [idnr]');

describe('a process that follows its own copy of the catalogue', () => {
  it('works by the changed copy once two looks have found the same files', async () => {
    const before = current.catalogue;
    narrow();
    await followed.look();
    expect(current.catalogue).toBe(before);
    await followed.look();
    expect(current.catalogue.version).toBe(loadCatalogue({ folder }).version);
    expect(current.catalogue.version).not.toBe(before.version);
  });

  it('waits for a moment of its own before it reads, and for files that change meanwhile', async () => {
    let hasCome = (): void => undefined;
    ownMoment = new Promise<void>((resolve) => {
      hasCome = resolve;
    });
    const before = current.catalogue.version;
    narrow();
    await followed.look();
    const looking = followed.look();
    change('settings.yaml', 'check_inside_areas: true', 'check_inside_areas: false');
    hasCome();
    await looking;
    expect(current.catalogue.version).toBe(before);
    await followed.look();
    await followed.look();
    expect(current.catalogue.version).toBe(loadCatalogue({ folder }).version);
  });

  it('goes on by the one before where the changed one has faults, until they are mended', async () => {
    const before = current.catalogue;
    change('rules.yaml', 'effect: allow', 'effect: maybe');
    for (const _ of [1, 2, 3]) await followed.look();
    expect(current.catalogue).toBe(before);
    change('rules.yaml', 'effect: maybe', 'effect: allow');
    narrow();
    for (const _ of [1, 2]) await followed.look();
    expect(current.catalogue.version).not.toBe(before.version);
    expect(hasEnded).toBe(false);
  });

  it('works by what was changed between loading and following it, which is the rest of its start', async () => {
    const loaded = await loadFolder(folder);
    narrow();
    followed = following(loaded);
    for (const _ of [1, 2]) await followed.look();
    expect(current.catalogue.version).toBe(loadCatalogue({ folder }).version);
    expect(current.catalogue.version).not.toBe(loaded.catalogue.version);
  });

  it('reads it again where reading failed by no fault of its own: what it takes away does not go on counting', async () => {
    const before = current.catalogue;
    failures.push(new Error('the thread ran out of memory'), new Error('and once more'));
    narrow();
    for (const _ of [1, 2, 3]) await followed.look();
    expect(current.catalogue).toBe(before);
    await followed.look();
    expect(current.catalogue.version).toBe(loadCatalogue({ folder }).version);
    expect(current.catalogue.version).not.toBe(before.version);
  });

  it('ends where the changed one leaves it no place: it does not answer by what was taken back', async () => {
    const before = current.catalogue;
    demandPlace = () => {
      throw new Error('no place');
    };
    narrow();
    for (const _ of [1, 2]) await followed.look();
    expect(hasEnded).toBe(true);
    expect(current.catalogue).toBe(before);
  });
});

describe('how long a process takes to notice', () => {
  it('stays below the minute in which what is revoked must count, however it is set (design 5)', () => {
    const longest = (setting: { read(value: string): unknown }) =>
      Math.max(
        ...Array.from({ length: 100 }, (_, n) => setting.read(String(n))).filter((it) => typeof it === 'number'),
      );
    const readingSeconds = 10;
    const { catalogueLookSeconds, catalogueSpreadSeconds } = followingSettings;
    const seconds = 2 * longest(catalogueLookSeconds) + longest(catalogueSpreadSeconds) + readingSeconds;
    expect(seconds).toBeLessThan(60);
  });
});
