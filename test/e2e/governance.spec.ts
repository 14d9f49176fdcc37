import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type ActingAdministrator,
  type CatalogueChanges,
  connectCatalogueChanges,
} from '../../src/client/catalogue-changes.js';
import type { DescribeServiceResponse__Output } from '../../src/platform/rpc-types/einmal/broker/v1/DescribeServiceResponse.js';
import { importSigningKey } from '../../src/tokens/jws.js';
import { attestRelease } from '../../src/tokens/release-attestation.js';
import { Consumer, consumer, form } from '../support/e2e-consumer.js';
import { logEntriesSince, logged, logSize } from '../support/e2e-log.js';
import { mother, newborn } from '../support/e2e-people.js';
import { expectRefusal } from '../support/e2e-refusal.js';
import { e2eSystem, named, operationalLogOf } from '../support/e2e-system.js';
import { eventually } from '../support/eventually.js';
import { secondNode } from '../support/second-node.js';

const applicants = [mother, newborn];

let folder: string;
let familienkasse: Consumer;
let changes: CatalogueChanges;
let administrators: readonly ActingAdministrator[];
let first: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'einmal-governance-'));
  familienkasse = await consumer('familienkasse-online');
  const pages = await consumer('pages');
  pages.close();
  changes = await connectCatalogueChanges(pages.profile);
  administrators = await Promise.all(
    ['administrator-1', 'administrator-2'].map(async (id) => ({
      id,
      key: await importSigningKey(JSON.parse(readFileSync(keyFile(id), 'utf8'))),
    })),
  );
  first = (await changes.files()).version;
});
/** The other tests need what was in force before. */
afterAll(async () => {
  if ((await changes.files()).version !== first) await change({ files: {}, version: first });
  changes.close();
  familienkasse.close();
  rmSync(folder, { recursive: true });
});

function keyFile(administrator: string): string {
  return join(e2eSystem().dataFolder, 'keys', 'administrators', `${administrator}.jwk.json`);
}
const without = (id: string) => {
  const rules = readFileSync(join(e2eSystem().catalogue, 'rules.yaml'), 'utf8');
  const start = rules.indexOf(`  - id: ${id}\n`);
  return rules.slice(0, start) + rules.slice(rules.indexOf('\n  - id: ', start + 1) + 1);
};

/** Proposed by one, approved by the other. */
async function change(proposal: Parameters<CatalogueChanges['propose']>[1]): Promise<string> {
  const [one, other] = administrators;
  const { version, faults } = await changes.propose(one!, proposal);
  expect(faults).toEqual([]);
  await changes.decide(other!, version, true, 'as agreed');
  return version;
}

async function heldForm() {
  const decisions = await familienkasse.decideAndGrant({
    ...{ service: 'kindergeld', applicants, person: { preview: 'WANTED' as const } },
  });
  const answer = await familienkasse.prefill(form('kindergeld', decisions, applicants));
  const heldIds = (answer.not_delivered ?? []).flatMap(({ held_id }) => held_id || []);
  return { exchangeId: answer.exchange_id ?? '', heldIds };
}

async function release(exchangeId: string, heldIds: readonly string[]) {
  const decisions = heldIds.map((held_id) => ({ held_id, decision: 'RELEASE' as const }));
  const attestation = await attestRelease(exchangeId, decisions, {
    attester: familienkasse.id,
    node: familienkasse.profile.node.participant,
    key: familienkasse.keys.attestation,
    nowMs: Date.now(),
  });
  const request = { request_id: randomUUID(), exchange_id: exchangeId, attestation };
  return familienkasse.call<{ evidence?: readonly { evidence_type?: string }[]; not_delivered?: readonly object[] }>(
    'EvidenceService/DecideRelease',
    request,
  );
}

async function einmal(
  ...args: readonly string[]
): Promise<Readonly<{ code: number | null; out: string; said: string }>> {
  const child = spawn(process.execPath, ['dist/src/cli/main.js', 'policy', ...args]);
  let [out, said] = ['', ''];
  child.stdout.on('data', (chunk) => {
    out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    said += chunk;
  });
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, out, said })));
}

describe('a change of the catalogue over gRPC (design 7: two persons)', () => {
  it('removes a rule while evidence is held: what rested on it is refused and logged, the rest is released', async () => {
    const { exchangeId, heldIds } = await heldForm();
    expect(heldIds).toHaveLength(3);
    await change({ files: { 'rules.yaml': without('kindergeld-geburt') }, version: '' });
    const { value, entries } = await logged(() => release(exchangeId, heldIds));
    expect(value.evidence?.map(({ evidence_type }) => evidence_type)).not.toContain('geburt');
    expect(value.not_delivered).toContainEqual(
      expect.objectContaining({ evidence_type: 'geburt', reason: 'ERROR_REASON_TRANSFER_NOT_PERMITTED' }),
    );
    expect(entries).toContainEqual(
      expect.objectContaining({
        ...{ event: 'retrieval.closed', evidence_type: 'geburt', outcome: 'refused' },
        ...{ reason: 'TRANSFER_NOT_PERMITTED', release_digest: null },
      }),
    );
  }, 60_000);

  it('counts for a new exchange at once, although the intermediary still has its own copy', async () => {
    const decisions = await familienkasse.decideAndGrant({ service: 'kindergeld', applicants });
    const { not_delivered = [] } = await familienkasse.prefill(form('kindergeld', decisions, applicants));
    expect(not_delivered).toContainEqual(
      expect.objectContaining({ evidence_type: 'geburt', reason: 'ERROR_REASON_TRANSFER_NOT_PERMITTED' }),
    );
  }, 60_000);

  it('is what another node on this database starts with, whatever its files say, and follows when it is taken back', async () => {
    const second = await secondNode(folder);
    const node = { ...familienkasse.profile.node, grpc: second.grpc, issuer: second.issuer };
    const there = new Consumer({ ...familienkasse.profile, node }, familienkasse.keys);
    const versionThere = async () => {
      const asked = { service: 'kindergeld' };
      const described = await there.call<DescribeServiceResponse__Output>('CatalogueService/DescribeService', asked);
      return described.catalogue_version;
    };
    try {
      expect(await versionThere()).toBe((await changes.files()).version);
      expect(await versionThere()).not.toBe(first);
      await change({ files: {}, version: first });
      // At most a minute, says the promise (design 5); a node looks every two seconds.
      await eventually(versionThere, (it) => it === first);
    } finally {
      there.close();
      await second.stop();
    }
  }, 120_000);

  it('is an entry for each step, and none of them opens for a participant', async () => {
    const from = await logSize();
    const version = await change({ files: { 'rules.yaml': without('kindergeld-geburt') }, version: '' });
    await change({ files: {}, version: first });
    const events = (await logEntriesSince(from)).filter(({ event }) => event.startsWith('catalogue.'));
    expect(events.map(({ event, consumer }) => [event, consumer])).toEqual([
      ['catalogue.proposed', 'pages'],
      ['catalogue.approved', 'pages'],
      ['catalogue.activated', 'node'],
      ['catalogue.proposed', 'pages'],
      ['catalogue.approved', 'pages'],
      ['catalogue.activated', 'node'],
    ]);
    expect(version).not.toBe(first);
  }, 60_000);

  it('is asked for by pages alone: no other participant has a session', async () => {
    await expectRefusal(familienkasse.call('CatalogueService/ListCatalogueVersions', { session_token: 'x' }), {
      reason: 'CALL_NOT_ALLOWED',
    });
  });
});

describe('intermediary and registers with their own copy', () => {
  const rulesFile = () => join(e2eSystem().catalogue, 'rules.yaml');
  let original: string;
  beforeAll(() => {
    original = readFileSync(rulesFile(), 'utf8');
  });
  afterAll(() => writeFileSync(rulesFile(), original));

  const ofGeburt = async () => {
    const decisions = await familienkasse.decideAndGrant({ service: 'kindergeld', applicants });
    const { not_delivered = [] } = await familienkasse.prefill(form('kindergeld', decisions, applicants));
    return not_delivered.find(({ evidence_type }) => evidence_type === 'geburt')?.reason ?? 'delivered';
  };

  it('follow it without a restart: of two copies the no decides, until they are the same again', async () => {
    expect(await ofGeburt()).toBe('delivered');
    writeFileSync(rulesFile(), without('kindergeld-geburt'));
    // Whoever has noticed it first says no; the intermediary is asked first.
    expect(await eventually(ofGeburt, (it) => it !== 'delivered')).toMatch(/TRANSFER_NOT_PERMITTED|REGISTER_REFUSED/);
    const no = 'ERROR_REASON_TRANSFER_NOT_PERMITTED';
    expect(await eventually(ofGeburt, (it) => it === no)).toBe(no);
    expect((await changes.files()).version).toBe(first);
    writeFileSync(rulesFile(), original);
    expect(await eventually(ofGeburt, (it) => it === 'delivered')).toBe('delivered');
  }, 180_000);

  it('go on by the one before where a changed one has faults, and say which', async () => {
    writeFileSync(rulesFile(), original.replace('effect: deny', 'effect: perhaps'));
    const said = async () => operationalLogOf('intermediary');
    await eventually(said, (it) => /the changed catalogue has faults/.test(it));
    expect(await said()).toMatch(/rules\.yaml:\d+: .*must be one of: allow, deny/);
    expect(await ofGeburt()).toBe('delivered');
    writeFileSync(rulesFile(), original);
  }, 120_000);
});

describe('einmal policy', () => {
  const profile = () => ['--profile', named(e2eSystem().profiles, 'pages')];
  const as = (id: string) => [...profile(), '--as', id, '--key', keyFile(id)];

  it('proposes, lists, approves, fetches and goes back', async () => {
    const file = join(folder, 'rules.yaml');
    writeFileSync(file, without('kindergeld-bezug'));
    const proposed = await einmal('propose', file, ...as('administrator-1'));
    expect(proposed).toMatchObject({ code: 0 });
    const version = proposed.out.trim();
    expect((await einmal('versions', ...profile())).out).toMatch(new RegExp(`${version}.*proposed.*rules.yaml`));

    const own = await einmal('approve', version, '--reason', 'mine', ...as('administrator-1'));
    expect(own).toMatchObject({ code: 2, said: expect.stringContaining('SECOND_PERSON_REQUIRED') });
    expect(await einmal('approve', version, '--reason', 'checked', ...as('administrator-2'))).toMatchObject({
      code: 0,
    });

    const to = join(folder, 'fetched');
    expect(await einmal('fetch', '--to', to, ...profile())).toMatchObject({ code: 0, out: `${version}\n` });
    expect(readFileSync(join(to, 'rules.yaml'), 'utf8')).toBe(readFileSync(file, 'utf8'));

    expect(await einmal('rollback', first, ...as('administrator-2'))).toMatchObject({ code: 0 });
    expect(await einmal('approve', first, '--reason', 'back', ...as('administrator-1'))).toMatchObject({ code: 0 });
    expect((await changes.files()).version).toBe(first);
  }, 120_000);

  it('says every fault with file and line, and nothing is proposed', async () => {
    const rules = readFileSync(join(e2eSystem().catalogue, 'rules.yaml'), 'utf8');
    const file = join(folder, 'rules.yaml');
    writeFileSync(
      file,
      rules.replace('consumer: familienkasse-online', 'consumer: nobody').replace('effect: deny', 'effect: perhaps'),
    );
    const { code, out } = await einmal('propose', file, ...as('administrator-1'));
    expect(code).toBe(1);
    expect(out).toMatch(/^rules\.yaml:\d+: .*must be one of: allow, deny$/m);
    const { proposals = [] } = await changes.versions();
    expect(proposals.filter(({ state }) => state === 'CATALOGUE_PROPOSAL_STATE_PROPOSED')).toEqual([]);
  }, 60_000);
});
