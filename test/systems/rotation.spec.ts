import { randomBytes } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect, type PeerCertificate } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import { stringify } from 'yaml';
import type { KeyUse, ParticipantKey, ParticipantKeys } from '../../src/catalogue/catalogue.js';
import { loadCatalogue } from '../../src/catalogue/load-catalogue.js';
import { signedAgreements } from '../../src/demo/agreements.js';
import { type RunningSystem, startSystem } from '../../src/demo/supervisor.js';
import { packageRoot } from '../../src/platform/paths.js';
import { readTlsIdentity, type TlsIdentity, thumbprint, thumbprintOfPem } from '../../src/platform/tls.js';
import { Application } from '../support/faulty-application.js';
import { Operators } from '../support/own-federation.js';
import { PagesOverHttp } from '../support/pages-over-http.js';

const CONSUMER = 'familienkasse-online';
/** Nothing of the old keys is under way any longer: the longest deadline of a node. */
const LONGEST_MS = 15_000;
const IN_USE = 'keys and certificate of the folder are in use';

/** Which keys each process signs with, or decrypts with for a consumer. */
const SIGNING: Readonly<Record<string, readonly KeyUse[]>> = {
  node: ['trigger', 'access-token', 'receipt', 'notice'],
  intermediary: ['permission'],
  pages: ['client-assertion', 'attestation', 'session'],
};
const ofRegister: readonly KeyUse[] = ['evidence', 'witness'];

type Next = Readonly<{
  tls: TlsIdentity;
  signing: readonly Readonly<{ file: string; jwk: JWK; key: ParticipantKey }>[];
}>;

let system: RunningSystem;
let operators: Operators;
beforeAll(async () => {
  system = await startSystem({
    dataFolder: join(packageRoot, 'data', 'e2e-rotation'),
    fresh: true,
    service: 'kindergeld',
    personCount: 60,
    pages: true,
  });
  operators = await Operators.of(system);
}, 120_000);
afterAll(async () => {
  operators?.close();
  await system?.stop();
}, 180_000);

async function anotherKey(kid: string, use: KeyUse): Promise<Readonly<{ jwk: JWK; key: ParticipantKey }>> {
  const alg = use === 'encryption' ? 'ECDH-ES' : use === 'witness' ? 'Ed25519' : 'ES256';
  const { privateKey } = await generateKeyPair(alg, {
    extractable: true,
    ...(use === 'encryption' ? { crv: 'P-256' } : {}),
  });
  const jwk = { ...(await exportJWK(privateKey)), kid, alg };
  const { d: _, kid: _kid, alg: _alg, ...published } = jwk;
  return { jwk, key: { kid, use, alg, jwk: published } };
}

async function nextOf(participant: string): Promise<Next> {
  const uses = SIGNING[participant] ?? ofRegister;
  const signing = uses.map(async (use) => {
    const file = join(system.pki.folderOf(participant), 'signing', `${use}.jwk.json`);
    return { file, ...(await anotherKey(`${participant}-${use}-2`, use)) };
  });
  const tls = await system.pki.issue({ commonName: participant, participant });
  return { tls, signing: await Promise.all(signing) };
}

/** Whole or not at all, as an operator would put it there. */
async function put(file: string, text: string): Promise<void> {
  await writeFile(`${file}.next`, text, { mode: 0o600 });
  await rename(`${file}.next`, file);
}

async function swap(participant: string, { tls, signing }: Next): Promise<void> {
  const folder = join(system.pki.folderOf(participant), 'tls');
  await put(join(folder, 'key.pem'), tls.key);
  await put(join(folder, 'cert.pem'), tls.cert);
  for (const { file, jwk } of signing) await put(file, JSON.stringify(jwk));
}

/** A process that seals: what it closed must open with the next key beside it before anything is closed with that. */
class SealFolder {
  private constructor(
    private readonly folder: string,
    private readonly before: string,
    private readonly next = `${randomBytes(32).toString('base64')}\n`,
  ) {}

  static async of(participant: string): Promise<SealFolder> {
    const folder = system.pki.folderOf(participant);
    return new SealFolder(folder, await readFile(join(folder, 'seal.key'), 'utf8'));
  }

  async add(): Promise<void> {
    await put(join(this.folder, 'digest.key'), this.before);
    await put(join(this.folder, 'seal.key'), this.before + this.next);
  }

  use(): Promise<void> {
    return put(join(this.folder, 'seal.key'), this.next + this.before);
  }
}

/** Comes into force everywhere: at the node by two persons, at the others by their operators. */
async function force(keys: readonly ParticipantKeys[]): Promise<void> {
  const law = loadCatalogue({ folder: operators.catalogue });
  const agreements = await signedAgreements(law, { ...system.pki, keys }, 'node');
  const version = await operators.change({
    'keys.yaml': stringify({ keys }, { aliasDuplicateObjects: false }),
    'agreements.yaml': stringify({ agreements }, { aliasDuplicateObjects: false }),
  });
  await operators.spread(version);
}

function shownBy(address: string, own: TlsIdentity): Promise<string> {
  const [host = '', port = ''] = address.split(':');
  return new Promise((resolve, reject) => {
    const socket = connect(
      { host, port: Number(port), ...own, ALPNProtocols: ['h2', 'http/1.1'], checkServerIdentity: () => undefined },
      () => {
        const certificate: PeerCertificate = socket.getPeerCertificate();
        socket.destroy();
        resolve(thumbprint(certificate.raw));
      },
    );
    socket.once('error', reject);
  });
}

/** Forms asked for one after another, by two at a time, and a page whose parts its node gives, until it is stopped. */
class Load {
  readonly outcomes: string[] = [];
  readonly pages: number[] = [];
  #isStopped = false;
  readonly #running: Promise<unknown>;

  constructor(application: Application, officer: PagesOverHttp) {
    this.#running = Promise.all([this.run(application), this.run(application), this.look(officer)]);
  }

  async stop(): Promise<readonly string[]> {
    this.#isStopped = true;
    await this.#running;
    return this.outcomes;
  }

  private async look(officer: PagesOverHttp): Promise<void> {
    while (!this.#isStopped) {
      const { status } = await officer.get('/oversight');
      this.pages.push(status);
      await sleep(200);
    }
  }

  private async run(application: Application): Promise<void> {
    while (!this.#isStopped) {
      const outcome = application.fill().then(
        ({ evidence, not_delivered }) =>
          evidence.length === 3 ? 'whole' : not_delivered.map(({ reason }) => reason).join(),
        (error: unknown) => String(error),
      );
      this.outcomes.push(await outcome);
    }
  }
}

describe('keys and certificates of all processes, exchanged while forms are filled', () => {
  it('are in use without a restart, and no request is lost', async () => {
    const pids = system.processes.map(({ pid }) => pid);
    const next = new Map<string, Next>();
    for (const name of operators.following) next.set(name, await nextOf(name));
    const encryption = await anotherKey(`${CONSUMER}-encryption-2`, 'encryption');
    const added = ({ participant }: ParticipantKeys): readonly ParticipantKey[] => [
      ...(next.get(participant)?.signing.map(({ key }) => key) ?? []),
      ...(participant === CONSUMER ? [encryption.key] : []),
    ];
    const shown = (participant: string) => {
      const tls = next.get(participant)?.tls;
      return tls === undefined ? [] : [thumbprintOfPem(tls.cert)];
    };
    const both = system.pki.keys.map((it) => ({
      ...it,
      certificates: [...it.certificates, ...shown(it.participant)],
      keys: [...it.keys, ...added(it)],
    }));
    const onlyNew = both.map((it) => {
      const replaced = added(it).map(({ use }) => use);
      const certificates = shown(it.participant).length > 0 ? shown(it.participant) : it.certificates;
      return { ...it, certificates, keys: [...it.keys.filter(({ use }) => !replaced.includes(use)), ...added(it)] };
    });

    const sealing = [...next.keys()].filter((it) => it !== 'intermediary');
    const seals = await Promise.all(sealing.map((it) => SealFolder.of(it)));
    const profile = system.profile(CONSUMER);
    const knowing = { ...profile.node, certificates: [...profile.node.certificates, ...shown('node')] };
    // Who asks the node without a catalogue is given its next certificate first.
    const pages = system.profileFile('pages');
    await writeFile(pages, JSON.stringify({ ...JSON.parse(await readFile(pages, 'utf8')), node: knowing }));
    const application = await Application.open({ ...profile, node: knowing });
    const officer = new PagesOverHttp(system.pagesUrl ?? '');
    expect((await officer.signIn('officer-1', '/oversight')).status).toBe(200);
    const load = new Load(application, officer);
    try {
      // The node can decrypt with the next key before anybody encrypts to it.
      const folder = join(system.pki.folderOf('node'), 'encryption');
      await put(join(folder, `${CONSUMER}.2.jwk.json`), JSON.stringify(encryption.jwk));
      for (const it of seals) await it.add();
      await operators.said(IN_USE, 1, sealing);
      await force(both);
      for (const [participant, it] of next) await swap(participant, it);
      for (const it of seals) await it.use();
      await operators.said(IN_USE, 1, ['intermediary']);
      await operators.said(IN_USE, 2, sealing);
      await sleep(LONGEST_MS);
      await force(onlyNew);
      await put(join(folder, `${CONSUMER}.jwk.json`), JSON.stringify(encryption.jwk));
      await sleep(3000);
    } finally {
      const outcomes = await load.stop();
      application.close();
      expect(outcomes.length).toBeGreaterThan(20);
      expect(outcomes.filter((it) => it !== 'whole')).toEqual([]);
      expect(new Set(load.pages)).toEqual(new Set([200]));
    }
    expect(system.processes.map(({ pid }) => pid)).toEqual(pids);

    const certificates = shown('node');
    const afterwards = await Application.open({ ...profile, node: { ...profile.node, certificates } });
    const { evidence } = await afterwards.fill();
    afterwards.close();
    expect(evidence).toHaveLength(3);
    for (const { sd_jwt } of evidence) {
      const header = JSON.parse(Buffer.from(sd_jwt.split('.')[0] ?? '', 'base64url').toString());
      expect(header.kid).toMatch(/-evidence-2$/);
    }
    // Of a citizen who signs in now, attested and signed with the next keys.
    const citizen = new PagesOverHttp(system.pagesUrl ?? '');
    expect((await citizen.signIn('mother', '/data/result')).status).toBe(200);
    const own = readTlsIdentity(profile.keys);
    expect(await shownBy(system.endpoints.grpc, own)).toBe(certificates[0]);
    expect(await shownBy(system.endpoints.http.replace('https://', ''), own)).toBe(certificates[0]);
    // With the keys before, nothing works any more: the old certificate of the node is nobody's.
    await expect(Application.open(profile)).rejects.toThrow();
    expect(await readFile(system.process('node').logFile, 'utf8')).not.toContain('cannot be used');
  }, 400_000);
});
