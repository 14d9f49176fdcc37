import { createPrivateKey, type JsonWebKeyInput } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Pool } from 'pg';
import { type Cosigner, ed25519Cosigner } from '#libs/tlog/cosignature.js';
import { ed25519Verifier } from '#libs/tlog/signed-note.js';
import type { CurrentCatalogue } from '../catalogue/current-catalogue.js';
import type { FollowedKeys } from '../catalogue/followed-keys.js';
import { logKeys, verifierKey } from '../catalogue/verifier-keys.js';
import { SystemClock } from '../platform/clock.js';
import { ConfigFault } from '../platform/config.js';
import { listenOn } from '../platform/listen.js';
import type { OperationalLog } from '../platform/operational-log.js';
import type { Opened } from '../platform/run-process.js';
import { HTTPS_LIMITS, limitListener } from '../platform/server-limits.js';
import { readTlsIdentity, rotateServer, type TlsIdentity } from '../platform/tls.js';
import { WITHOUT_SCHEMAS } from '../platform/without-schemas.js';
import { witnessModule } from './witness.module.js';
import { WitnessDesk } from './witness-desk.js';
import { PostgresWitnessMemory } from './witness-memory.postgres.js';

export type WitnessConfig = Readonly<{
  participant: string;
  keyFolder: string;
  grpcHost: string;
  witnessPort: number;
  requestLimitBytes: number;
}>;

export type RunningWitness = Readonly<{
  /** Shows another certificate. */
  rotate(tls: TlsIdentity): void;
  /** Keeps it at the key that its folder holds. */
  follow(keys: FollowedKeys): void;
}>;

/** Lets a process be a witness beside what it is: own port, own key, a schema of its own in the process's database. */
export async function startWitness(
  config: WitnessConfig,
  { catalogue, pool, log }: Readonly<{ catalogue: CurrentCatalogue; pool: Pool; log: OperationalLog }>,
  opened: Opened,
): Promise<RunningWitness> {
  const cosigner = await readCosigner(config.keyFolder);
  demandAgreed(config, catalogue, cosigner);
  const logs = logKeys(catalogue.catalogue).map(ed25519Verifier);
  catalogue.beforeReplacement(async (next) => {
    logs.splice(0, logs.length, ...logKeys(next.catalogue).map(ed25519Verifier));
  });
  await checkMigrated(pool);
  const desk = new WitnessDesk(cosigner, logs, new PostgresWitnessMemory(pool), new SystemClock(), log);
  const tls = readTlsIdentity(config.keyFolder);
  const adapter = new FastifyAdapter({
    https: { ...tls, ...HTTPS_LIMITS, requestCert: true, rejectUnauthorized: true, minVersion: 'TLSv1.3' },
    requestTimeout: HTTPS_LIMITS.requestTimeout,
    schemaController: WITHOUT_SCHEMAS,
    bodyLimit: config.requestLimitBytes,
  });
  // C2SP tlog-witness names no type of the body: every one is text, and none too.
  adapter.getInstance().removeAllContentTypeParsers();
  adapter.getInstance().addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
  const app = await NestFactory.create<NestFastifyApplication>(witnessModule(desk, catalogue, log), adapter, {
    bodyParser: false,
    logger: false,
    abortOnError: false,
  });
  limitListener(app.getHttpServer());
  opened.onClose(() => app.close());
  await listenOn('EINMAL_WITNESS_PORT', config.grpcHost, config.witnessPort, () =>
    app.listen(config.witnessPort, config.grpcHost),
  );
  log.info({ witness: cosigner.name, port: config.witnessPort, logs: logs.length }, 'witness ready');
  return {
    rotate: (next) => rotateServer(adapter.getHttpServer(), next),
    follow: (keys) =>
      keys.named('witness', cosigner, {
        read: () => readCosigner(config.keyFolder),
        take: (next) => desk.rotate(next),
      }),
  };
}

async function readCosigner(keyFolder: string): Promise<Cosigner> {
  const file = join(keyFolder, 'signing', 'witness.jwk.json');
  const jwk = JSON.parse(await readFile(file, 'utf8')) as JsonWebKeyInput['key'] & Readonly<{ kid?: string }>;
  return ed25519Cosigner(jwk.kid ?? '', createPrivateKey({ key: jwk, format: 'jwk' }));
}

/** Refuses to start with a key that nobody would accept. */
function demandAgreed({ participant }: WitnessConfig, { lookup }: CurrentCatalogue, { name, vkey }: Cosigner): void {
  const agreed = lookup.key(participant, 'witness', name);
  if (agreed === undefined || verifierKey(agreed) !== vkey)
    throw new ConfigFault([`the catalogue does not name key "${name}" for "${participant}" as a witness`]);
}

async function checkMigrated(pool: Pool): Promise<void> {
  try {
    await pool.query('select from witness.seen, witness.fork limit 0');
  } catch (error) {
    const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
    if (code !== '42P01' && code !== '3F000' && code !== '42501') throw error;
    throw new ConfigFault(['the own database has not been migrated for a witness, or not for this login']);
  }
}
