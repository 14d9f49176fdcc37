import { beforeEach, describe, expect, it } from '@jest/globals';
import { calculateJwkThumbprint } from 'jose';
import { CatalogueActivation } from '../../src/access/activate-catalogue.js';
import type { TrustedKey } from '../../src/access/trust-state.js';
import { AuditLog } from '../../src/audit/audit-log.js';
import type { Catalogue, ParticipantKeys } from '../../src/catalogue/catalogue.js';
import { FixedClock, logSigner, MemoryKeyVault } from '../audit/log-keys.js';
import { MemoryLogStore } from '../audit/memory-log-store.js';
import { aFederation } from '../register-edge/federation.js';
import { CONSUMER } from '../support/builders.js';
import { aKeyPair } from '../support/keys.js';
import { MemoryActivationStore } from './memory-activation-store.js';

const { catalogue } = (await aFederation()).current;
const HELD: readonly TrustedKey[] = [
  { participant: 'node', held: true, use: 'trigger', id: 'node-trigger-1' },
  { participant: 'node', held: true, use: 'seal', id: 'fingerprint-1' },
];

let log: MemoryLogStore;
let activation: CatalogueActivation;
beforeEach(() => {
  log = new MemoryLogStore(logSigner, new MemoryKeyVault(), new FixedClock());
  activation = new CatalogueActivation('node', new MemoryActivationStore(), new AuditLog(log));
});

/** What an activation after the one of the test catalogue writes. */
async function entriesOf(next: Catalogue, held = HELD) {
  await activation.activate(async () => catalogue, HELD);
  const before = log.entries.length;
  await activation.activate(async () => next, held);
  return log.entries.slice(before).map(({ caller, draft }) => {
    expect(caller.consumer).toBe('node');
    return [caller.event, draft.entry.protected];
  });
}
const activated = (version: string) => [
  'catalogue.activated',
  { activation: { version, previous: catalogue.version } },
];
const withKeys = (participant: string, change: (keys: ParticipantKeys) => ParticipantKeys): Catalogue => ({
  ...catalogue,
  version: 'next',
  keys: catalogue.keys.map((it) => (it.participant === participant ? change(it) : it)),
});

describe('activating a catalogue', () => {
  it('is an entry with the version; the first one adds everybody', async () => {
    await activation.activate(async () => catalogue, HELD);
    const [first, ...changes] = log.entries.map(({ caller, draft }) => [caller.event, draft.entry.protected] as const);
    expect(first).toEqual(['catalogue.activated', { activation: { version: catalogue.version } }]);
    const named = catalogue.keys.flatMap(({ keys, certificates }) => [...keys, ...certificates]);
    expect(changes.filter(([event]) => event === 'participant.added')).toHaveLength(catalogue.participants.length);
    expect(changes.filter(([event]) => event === 'key.added')).toHaveLength(named.length + HELD.length);
    expect(changes).toHaveLength(catalogue.participants.length + named.length + HELD.length);
  });

  it('shows the thumbprint of a public key to whoever holds something that was signed with it (RFC 7638)', async () => {
    await activation.activate(async () => catalogue, HELD);
    const { jwk } = catalogue.keys.flatMap(({ keys }) => keys).find(({ use }) => use === 'evidence')!;
    const shown = log.entries.flatMap(({ caller }) => caller.key_thumbprint ?? []);
    expect(shown).toContain(await calculateJwkThumbprint({ ...jwk }));
  });

  it('says old and new version, also where they are the same, as at every start', async () => {
    expect(await entriesOf(catalogue)).toEqual([activated(catalogue.version)]);
    expect(await entriesOf({ ...catalogue, version: 'next' })).toEqual([activated('next')]);
  });

  it('is an entry for each participant that came, changed or went', async () => {
    const [first, second, ...others] = catalogue.participants;
    const participants = [
      { ...first!, area: 'justiz' },
      ...others,
      { id: 'betreuung-online', title: { de: 'Betreuung' }, kind: 'online-service' as const, area: 'arbeit-soziales' },
    ];
    const { title, kind, area } = first!;
    const facts = { kind, area, title: title.de };
    expect(await entriesOf({ ...catalogue, version: 'next', participants })).toEqual([
      activated('next'),
      [
        'participant.added',
        {
          change: {
            participant: 'betreuung-online',
            after: { kind: 'online-service', area: 'arbeit-soziales', title: 'Betreuung' },
          },
        },
      ],
      [
        'participant.removed',
        {
          change: {
            participant: second!.id,
            before: { kind: second!.kind, area: second!.area, title: second!.title.de },
          },
        },
      ],
      [
        'participant.changed',
        { change: { participant: first!.id, before: facts, after: { ...facts, area: 'justiz' } } },
      ],
    ]);
  });

  it('is an entry for whoever else reads from now on what is encrypted to a participant', async () => {
    const entries = await entriesOf(withKeys(CONSUMER, (it) => ({ ...it, decryption_by: CONSUMER })));
    expect(entries[1]).toMatchObject([
      'participant.changed',
      { change: { participant: CONSUMER, after: { decryption_by: CONSUMER } } },
    ]);
  });

  it('is an entry for each key and certificate that came or went: a rotation is seen', async () => {
    const { published } = await aKeyPair('attestation-2');
    const next = withKeys(CONSUMER, ({ keys, ...it }) => ({
      ...it,
      certificates: [...it.certificates, 'new-certificate'],
      keys: [...keys.filter(({ use }) => use !== 'attestation'), published],
    }));
    const old = catalogue.keys.flatMap(({ keys }) => keys).find(({ kid }) => kid === `${CONSUMER}-attestation`)!;
    const key = { use: 'attestation', held: false };
    expect(await entriesOf(next)).toEqual([
      activated('next'),
      [
        'key.removed',
        {
          change: {
            participant: CONSUMER,
            key: { ...key, id: old.kid, thumbprint: await calculateJwkThumbprint({ ...old.jwk }) },
          },
        },
      ],
      [
        'key.added',
        { change: { participant: CONSUMER, key: { use: 'certificate', held: false, id: 'new-certificate' } } },
      ],
      [
        'key.added',
        {
          change: {
            participant: CONSUMER,
            key: { ...key, id: 'attestation-2', thumbprint: await calculateJwkThumbprint({ ...published.jwk }) },
          },
        },
      ],
    ]);
  });

  it('is two entries for another key under the same name', async () => {
    const { published } = await aKeyPair('other');
    const next = withKeys(CONSUMER, ({ keys, ...it }) => ({
      ...it,
      keys: keys.map((key) => (key.use === 'attestation' ? { ...key, jwk: published.jwk } : key)),
    }));
    expect((await entriesOf(next)).map(([event]) => event)).toEqual([
      'catalogue.activated',
      'key.removed',
      'key.added',
    ]);
  });

  it('is an entry for each key of its own that the node exchanged', async () => {
    const held = [HELD[0]!, { ...HELD[1]!, id: 'fingerprint-2' }];
    expect(await entriesOf(catalogue, held)).toEqual([
      activated(catalogue.version),
      ['key.removed', { change: { participant: 'node', key: { held: true, use: 'seal', id: 'fingerprint-1' } } }],
      ['key.added', { change: { participant: 'node', key: { held: true, use: 'seal', id: 'fingerprint-2' } } }],
    ]);
  });

  it('writes it again where the log failed: what is not logged does not count as activated (FZV § 68)', async () => {
    await activation.activate(async () => catalogue, HELD);
    log.failing = true;
    const next = { ...catalogue, version: 'next' };
    await expect(activation.activate(async () => next, HELD)).rejects.toMatchObject({
      reason: 'AUDIT_LOG_UNAVAILABLE',
    });
    log.failing = false;
    await activation.activate(async () => next, HELD);
    expect(log.entries.at(-1)?.draft.entry.protected).toEqual({
      activation: { version: 'next', previous: catalogue.version },
    });
  });

  it('takes a catalogue that changes thousands of participants', async () => {
    const many = Array.from({ length: 3000 }, (_, i) => ({ ...catalogue.participants[0]!, id: `register-${i}` }));
    const participants = [...catalogue.participants, ...many];
    expect(await entriesOf({ ...catalogue, version: 'next', participants })).toHaveLength(3001);
  });
});
