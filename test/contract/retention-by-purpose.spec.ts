import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { leafHash } from '#libs/merkle/hash.js';
import { verifyInclusion } from '#libs/merkle/verify.js';
import { verifyTlogProof } from '#libs/tlog/tlog-proof.js';
import { AuditLog } from '../../src/audit/audit-log.js';
import { PostgresLogReader } from '../../src/audit/log-reader.postgres.js';
import type { AuditReceipt } from '../../src/audit/log-store.js';
import type { PostgresLogStore } from '../../src/audit/log-store.postgres.js';
import type { Catalogue } from '../../src/catalogue/catalogue.js';
import { contentDigest } from '../../src/catalogue/content-digest.js';
import { CurrentCatalogue } from '../../src/catalogue/current-catalogue.js';
import { loadCatalogue } from '../../src/catalogue/load-catalogue.js';
import { PostgresEraser } from '../../src/erasure/eraser.postgres.js';
import { Erasure } from '../../src/erasure/erasure.js';
import { retentionOf } from '../../src/erasure/retention.js';
import { ExchangeJournal } from '../../src/exchange/journal.js';
import { ProveInclusion, ProveInclusionHandler } from '../../src/transparency/prove-inclusion.js';
import { DirectoryKeyVault } from '../../src/vault/key-vault.directory.js';
import { DirectoryTombstones } from '../../src/vault/tombstones.directory.js';
import { createLogDatabase, type LogDatabase } from '../audit/log-database.js';
import { FixedClock, logSigner } from '../audit/log-keys.js';

/** Half a year and two years before: one term is over, the other is not. */
const NOW = Date.UTC(2026, 10, 23, 12);
const THEN = '2026-04-15T08:00:00Z';
const SHORT = 'kindergeld-antrag';

let database: LogDatabase;
let folder: string;
let catalogue: Catalogue;
let vault: DirectoryKeyVault;
let store: PostgresLogStore;
beforeAll(async () => {
  database = await createLogDatabase();
  folder = await mkdtemp(join(tmpdir(), 'einmal-retention-'));
  catalogue = await withShortClass(join(folder, 'catalogue'));
  vault = new DirectoryKeyVault(join(folder, 'vault'));
  store = database.store({ vault, clock: new FixedClock(Date.parse(THEN)) });
});
afterAll(async () => {
  await database.close();
  await rm(folder, { recursive: true, force: true });
});

/** The catalogue of this repository, with one purpose whose records are kept for six months. */
async function withShortClass(copy: string): Promise<Catalogue> {
  await cp('catalogue', copy, { recursive: true });
  await cp('test/catalogue/deployment', copy, { recursive: true });
  const change = async (file: string, by: (text: string) => string) =>
    writeFile(join(copy, file), by(await readFile(join(copy, file), 'utf8')));
  const purpose = loadCatalogue({ folder: copy }).purposes.find(({ id }) => id === SHORT);
  if (purpose === undefined) throw new Error('no such purpose');
  const { hash, ...content } = purpose;
  const restated = contentDigest({ ...content, retention: 'short' });
  await change('purposes.yaml', (text) => text.replace(`hash: ${hash}`, `retention: short\n    hash: ${restated}`));
  const entry = '  - { id: short, months: 6, norm: Statute § 1, source: test, verified: false }\n';
  await change('retention.yaml', (text) => `${text.trimEnd()}\n${entry}`);
  return loadCatalogue({ folder: copy });
}

/** The end of an exchange for a purpose, as the journal writes it. */
async function anExchange(purposeId: string): Promise<AuditReceipt> {
  const { lookup } = new CurrentCatalogue(catalogue);
  const signal = new AbortController().signal;
  const context = {
    exchangeId: crypto.randomUUID(),
    caller: { participant: lookup.participant('familienkasse-online')!, thumbprint: '' },
    purpose: lookup.purpose(purposeId)!,
    ...{ arrivedAt: 0, deadline: 0, signal, hungUp: signal },
  };
  return (await new ExchangeJournal(store).closed(context, [], { outcome: 'released' })).summary;
}

it('of two purposes the purge erases that whose shorter term is over, and every receipt still verifies (IDNrG § 9 Abs. 3)', async () => {
  const [short, standard] = [await anExchange(SHORT), await anExchange('elterngeld-antrag')];
  await database.tamper('update log.record set log_time = $1', [THEN]);
  const clock = new FixedClock(NOW);
  const log = database.store({ vault, clock });
  const reader = new PostgresLogReader(database.pool);
  const erasure = new Erasure({
    ...{ reader, vault, clock, node: 'node', audit: new AuditLog(log) },
    eraser: new PostgresEraser(database.purge),
    tombstones: new DirectoryTombstones(join(folder, 'tombstones')),
  });
  expect(await erasure.purge(retentionOf(catalogue))).toEqual([
    expect.objectContaining({ retention_class: 'short', month: '2026-04', count: 1, first_index: short.index }),
  ]);
  expect(await reader.record(short.index)).toBeUndefined();
  expect((await reader.record(standard.index))?.sealed.epoch.retentionClass).toBe('standard');
  await expect(vault.find({ retentionClass: 'short', month: '2026-04' })).rejects.toMatchObject({
    name: 'EpochDestroyed',
  });
  for (const receipt of [short, standard]) {
    verifyTlogProof(receipt.tlogProof(), receipt.leaf, logSigner.vkey);
    const { index, leaf } = receipt;
    const {
      treeSize: size,
      rootHash: root,
      proof,
    } = await new ProveInclusionHandler(log).execute(new ProveInclusion(index));
    verifyInclusion({ index, size, root, proof, leafHash: leafHash(leaf) });
  }
});
