import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CryptoKey, importJWK } from 'jose';
import type { KeyUse, Participant } from '../../catalogue/catalogue.js';
import { CurrentCatalogue } from '../../catalogue/current-catalogue.js';
import { loadCatalogue, loadLaw } from '../../catalogue/load-catalogue.js';
import { migrate } from '../../platform/migrate.js';
import { StartFault } from '../../platform/run-process.js';
import { readTlsIdentity, type TlsIdentity } from '../../platform/tls.js';
import { edgeMigrations } from '../../register-edge/migrations/edge-migrations.js';
import { readSigningKey, type SigningKey } from '../../tokens/jws.js';
import { signedAgreements } from '../agreements.js';
import { createDatabase } from '../database.js';
import { writeCatalogue } from '../deployment.js';
import { createPki } from '../pki.js';
import { startPostgres } from '../postgres.js';

/** All others that a register talks with, by keys that are thrown away afterwards. */
export type TrialFederation = Readonly<{
  current: CurrentCatalogue;
  catalogueFolder: string;
  node: Participant;
  intermediary: Participant;
  keyFolderOf(participant: string): string;
  nodeTls: TlsIdentity;
  signingKey(participant: string, use: KeyUse): Promise<SigningKey>;
  /** Opens what is encrypted to a consumer. */
  decryptionKey(consumer: string): Promise<CryptoKey | Uint8Array>;
  /** For the edge's own log and replay store. */
  edgeDatabase: Readonly<{ url: string; ownerUrl: string }>;
  end(): Promise<void>;
}>;

const EDGE = 'trial_edge';

/** @param from folder of the catalogue whose rules are to hold; its keys and agreements are replaced. @throws StartFault */
export async function trialFederation(from: string): Promise<TrialFederation> {
  const law = loadLaw(from);
  const node = law.participants.find(({ kind }) => kind === 'node');
  const intermediary = law.participants.find(({ kind }) => kind === 'intermediary');
  if (node === undefined || intermediary === undefined)
    throw new StartFault('the catalogue has no node or no intermediary');
  const folder = await mkdtemp(join(tmpdir(), 'einmal-trial-'));
  // PostgreSQL runs as another user where this runs as root.
  await chmod(folder, 0o711);
  const opened: (() => unknown)[] = [() => rm(folder, { recursive: true, force: true })];
  const end = async () => {
    for (let close = opened.pop(); close !== undefined; close = opened.pop()) await close();
  };
  try {
    const pki = await createPki(join(folder, 'keys'), law.participants);
    const catalogueFolder = join(folder, 'catalogue');
    const endpoints = law.participants
      .filter(({ kind }) => kind !== 'online-service')
      .map(({ id }) => ({ participant: id, address: 'localhost:1', server_name: 'localhost' }));
    const agreements = await signedAgreements(law, pki, node.id);
    await writeCatalogue(catalogueFolder, { keys: pki.keys, endpoints, agreements }, from);
    const postgres = await startPostgres({ folder: join(folder, 'postgres'), fsync: false });
    opened.push(() => postgres.stop());
    if (postgres.folder !== join(folder, 'postgres'))
      opened.unshift(() => rm(postgres.folder, { recursive: true, force: true }));
    const database = await createDatabase(postgres.url, { name: EDGE, owner: `${EDGE}_owner`, logins: [EDGE] });
    await migrate(database.ownerUrl, edgeMigrations(EDGE));
    return {
      current: new CurrentCatalogue(loadCatalogue({ folder: catalogueFolder })),
      ...{ catalogueFolder, node, intermediary, end },
      keyFolderOf: (participant) => pki.folderOf(participant),
      nodeTls: readTlsIdentity(pki.folderOf(node.id)),
      signingKey: (participant, use) => readSigningKey(pki.folderOf(participant), use),
      decryptionKey: async (consumer) => {
        const file = join(pki.folderOf(node.id), 'encryption', `${consumer}.jwk.json`);
        return importJWK(JSON.parse(await readFile(file, 'utf8')), 'ECDH-ES', { extractable: true });
      },
      edgeDatabase: { url: database.urlOf(EDGE), ownerUrl: database.ownerUrl },
    };
  } catch (error) {
    await end();
    throw error;
  }
}
