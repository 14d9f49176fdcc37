import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { decodeJwt } from 'jose';
import { NodeIdentity } from '../../src/access/node-identity.js';
import { AuditLog } from '../../src/audit/audit-log.js';
import { CurrentCatalogue } from '../../src/catalogue/current-catalogue.js';
import { GetTrigger, GetTriggerHandler } from '../../src/consent/get-trigger.js';
import { type AttestedDecision, GrantTriggers, GrantTriggersHandler } from '../../src/consent/grant-triggers.js';
import { ListTriggers, ListTriggersHandler } from '../../src/consent/list-triggers.js';
import { TriggerWithdrawal } from '../../src/consent/trigger-withdrawal.js';
import { WithdrawTriggers, WithdrawTriggersHandler } from '../../src/consent/withdraw-triggers.js';
import type { Caller } from '../../src/platform/caller.js';
import { attest, type Decision } from '../../src/tokens/attestation.js';
import type { SigningKey } from '../../src/tokens/jws.js';
import { withEffects } from '../audit/entries.js';
import { FixedClock, logSigner, MemoryKeyVault } from '../audit/log-keys.js';
import { MemoryLogStore } from '../audit/memory-log-store.js';
import { MemorySealedAnswers } from '../exchange/memory-repeat-store.js';
import { aFederation } from '../register-edge/federation.js';
import { aDecision, CONSUMER, NOW, SALT } from '../support/builders.js';
import { aKeyPair } from '../support/keys.js';
import { MemoryTriggerStore } from './memory-trigger-store.js';

const pages = await aKeyPair('pages-attestation', 'ES256', 'attestation');
const STATUTORY = { id: 'aufgabe', trigger: 'STATUTORY_TASK', preview: false } as const;

const federation = await aFederation((catalogue) => ({
  ...catalogue,
  keys: [
    ...catalogue.keys.filter(({ participant }) => participant !== 'pages'),
    { participant: 'pages', certificates: [], keys: [pages.published] },
  ],
  legal_bases: [
    ...catalogue.legal_bases,
    { ...STATUTORY, norm: 'Test', paragraph: '§ 1', source: 'test', verified: false },
  ],
}));
const purpose = federation.current.lookup.purpose('kindergeld-antrag')!;
const callerOf = (id: string): Caller => ({ participant: federation.current.lookup.participant(id)!, thumbprint: 'x' });
const consumer = callerOf(CONSUMER);

let clock: FixedClock;
let log: MemoryLogStore;
let store: MemoryTriggerStore;
let answers: MemorySealedAnswers;
let grantHandler: GrantTriggersHandler;
let withdrawHandler: WithdrawTriggersHandler;
beforeEach(() => {
  clock = new FixedClock(NOW);
  log = new MemoryLogStore(logSigner, new MemoryKeyVault(), clock);
  store = new MemoryTriggerStore(log);
  answers = new MemorySealedAnswers();
  const audit = new AuditLog(log);
  const key = federation.key('node', 'trigger');
  const identity = new NodeIdentity('node', 'https://node.example', federation.nodeCertificate, key, key);
  grantHandler = new GrantTriggersHandler(identity, federation.current, store, audit, clock);
  withdrawHandler = new WithdrawTriggersHandler(store, new TriggerWithdrawal(audit, answers, federation.current));
});

type Deviation = Partial<Decision> &
  Readonly<{ attester?: string; key?: SigningKey; node?: string; nowMs?: number; jti?: string }>;

async function attested(deviation: Deviation = {}, given: Partial<AttestedDecision> = {}): Promise<AttestedDecision> {
  const { attester = CONSUMER, key, node = 'node', nowMs = NOW, jti = randomUUID(), ...decision } = deviation;
  const { token } = await attest(aDecision({ purpose_hash: purpose.hash, ...decision }), {
    attester,
    node,
    key: key ?? federation.key(attester, 'attestation'),
    nowMs,
    lifetimeS: 600,
    jti,
  });
  return { attestation: token, commitmentSalt: SALT, fileReference: undefined, actingOfficial: undefined, ...given };
}

const grant = (decisions: readonly AttestedDecision[], caller = consumer) =>
  grantHandler.execute(new GrantTriggers(caller.participant.id, decisions));
const withdraw = (ids: readonly string[], caller = consumer) =>
  withdrawHandler.execute(new WithdrawTriggers(caller, ids));
const jtiOf = ({ attestation }: AttestedDecision): string => String(decodeJwt(attestation).jti);
const events = () => log.entries.map(({ caller }) => caller.event);
const task = { fileReference: 'Az. 4711', actingOfficial: 'Sachbearbeitung 7' };

describe('granting triggers (EGovG § 5 Abs. 1: a decision per piece of evidence)', () => {
  it('stores each attested decision, logs each, and gives a receipt of each', async () => {
    const { triggers, receipts } = await grant([
      await attested(),
      await attested({ evidence_type: 'kindergeld-bezug', fields: ['paid_since'] }),
    ]);
    expect(triggers.map(({ state, decision }) => [state, decision.evidence_type])).toEqual([
      ['granted', 'meldedaten'],
      ['granted', 'kindergeld-bezug'],
    ]);
    expect(events()).toEqual(['trigger.granted', 'trigger.granted']);
    expect(receipts.map(({ opening }) => opening.caller.trigger_id)).toEqual(triggers.map(({ id }) => id));
  });

  it('finds the decider by a pseudonym, and has the fields in the protected half only', async () => {
    const {
      receipts: [receipt],
    } = await grant([await attested()]);
    const [entry] = log.entries;
    expect(entry?.draft.entry.persons).toEqual([
      { as: 'decider', person: { kind: 'pseudonym', issuer: CONSUMER, value: 'pairwise-4711' } },
    ]);
    expect(entry?.draft.entry.protected).toEqual({ attributes: ['birth_date', 'family_name'] });
    expect(JSON.stringify(receipt?.opening)).not.toMatch(/pairwise|family_name/);
  });

  it('takes a decision that the pages process attests for a participant', async () => {
    const { triggers } = await grant([await attested({ attester: 'pages', key: pages.signing })]);
    expect(triggers[0]?.decision.attester).toBe('pages');
  });

  it('takes a statutory task with file reference and acting official, both protected', async () => {
    const decision = {
      kind: 'STATUTORY_TASK',
      legal_basis: 'aufgabe',
      acting: 'AUTHORITY',
      preview: 'NOT_GRANTED',
    } as const;
    await grant([await attested(decision, task)]);
    expect(log.entries[0]?.draft.entry.protected).toMatchObject({
      file_reference: 'Az. 4711',
      acting_official: 'Sachbearbeitung 7',
    });
  });

  const about = (role: string): Deviation => ({ subject: { role, commitment: 'c'.repeat(43) } });
  const statutory = {
    kind: 'STATUTORY_TASK',
    legal_basis: 'aufgabe',
    acting: 'AUTHORITY',
    preview: 'NOT_GRANTED',
  } as const;
  it.each([
    ['that expired', 'TRIGGER_EXPIRED', { nowMs: NOW - 600_000 }, {}],
    ['for another node', 'TRIGGER_NOT_ATTESTED', { node: 'another-node' }, {}],
    [
      'signed with another key of the attester',
      'TRIGGER_NOT_ATTESTED',
      { key: federation.key(CONSUMER, 'client-assertion') },
      {},
    ],
    ['attested by somebody unknown', 'TRIGGER_NOT_ATTESTED', { attester: 'nobody', key: pages.signing }, {}],
    ['that another participant attested', 'TRIGGER_NOT_ATTESTED', { attester: 'elterngeld-online' }, {}],
    ['for another requester', 'TRIGGER_NOT_COVERING', { requester: 'elterngeld-online' }, {}],
    ['for a purpose that is not registered', 'PURPOSE_NOT_REGISTERED', { purpose: 'werbung' }, {}],
    ['for another version of the purpose', 'PURPOSE_NOT_REGISTERED', { purpose_hash: 'old' }, {}],
    ['on an unknown legal basis', 'TRIGGER_NOT_COVERING', { legal_basis: 'none' }, {}],
    ['of a kind that the legal basis does not know', 'TRIGGER_NOT_COVERING', { kind: 'CONSENT' }, {}],
    [
      'that hides the preview the law grants (EGovG § 5 Abs. 5)',
      'TRIGGER_NOT_COVERING',
      { preview: 'NOT_GRANTED' },
      {},
    ],
    ['that offers a preview the law does not grant', 'TRIGGER_NOT_COVERING', { ...statutory, preview: 'WANTED' }, task],
    ['of an authority where a person chooses', 'TRIGGER_NOT_ATTESTED', { acting: 'AUTHORITY' }, {}],
    ['of a person where a task is the ground', 'TRIGGER_NOT_ATTESTED', { ...statutory, acting: 'SELF' }, task],
    ['of a task without file reference', 'TRIGGER_NOT_ATTESTED', statutory, { actingOfficial: 'x' }],
    ['of a task without acting official', 'TRIGGER_NOT_ATTESTED', statutory, { fileReference: 'x' }],
    ['of a person with a file reference', 'TRIGGER_NOT_ATTESTED', {}, { fileReference: 'x' }],
    ['whose identifier no later call could name', 'TRIGGER_NOT_ATTESTED', { jti: 'A-Trigger/with letters' }, {}],
    ['about evidence that is not in the catalogue', 'EVIDENCE_TYPE_UNKNOWN', { evidence_type: 'Anna Muster' }, {}],
    ['about no field', 'TRIGGER_NOT_COVERING', { fields: [] }, {}],
    ['about a field twice', 'TRIGGER_NOT_COVERING', { fields: ['birth_date', 'birth_date'] }, {}],
    ['about a field that the evidence does not have', 'TRIGGER_NOT_COVERING', { fields: ['paid_since'] }, {}],
    ['about a role that is free text', 'TRIGGER_NOT_ATTESTED', about('geb. 1.2.1990'), {}],
    ['about a role that the service does not have', 'TRIGGER_NOT_COVERING', about('neighbour'), {}],
    ['by a role that is free text', 'TRIGGER_NOT_ATTESTED', { decider_role: 'Anna Muster' }, {}],
    ['by a pseudonym that never ends', 'TRIGGER_NOT_ATTESTED', { decider: 'x'.repeat(201) }, {}],
    ['by a pseudonym with a control character', 'TRIGGER_NOT_ATTESTED', { decider: 'x\u0000' }, {}],
    ['by a pseudonym with half a character', 'TRIGGER_NOT_ATTESTED', { decider: 'x\ud800' }, {}],
    ['about a text that is no hash', 'TRIGGER_NOT_ATTESTED', { text_hash: 'x\u0000' }, {}],
    [
      'about a person without commitment',
      'TRIGGER_NOT_ATTESTED',
      { subject: { role: 'parent', commitment: 'Anna Muster' } },
      {},
    ],
    ['that will be made after its end', 'TRIGGER_NOT_ATTESTED', { decided_at: 1e300 }, {}],
  ] as readonly (readonly [string, string, Deviation, Partial<AttestedDecision>])[])(
    'refuses a decision %s: %s',
    async (_rule, reason, deviation, given) => {
      const decision = await attested(deviation, given);
      await expect(grant([decision])).rejects.toMatchObject({ name: 'Fault', reason });
      expect(log.entries).toEqual([]);
      expect(await store.attestations([jtiOf(decision)])).toEqual(new Map());
    },
  );

  it.each(['none', 'a.b.c', ''])('refuses what is no attestation: %j', async (attestation) => {
    await expect(grant([await attested({}, { attestation })])).rejects.toMatchObject({
      reason: 'TRIGGER_NOT_ATTESTED',
    });
  });

  it('takes all decisions or none', async () => {
    const [good, bad] = [await attested(), await attested({ purpose: 'werbung' })];
    await expect(grant([good, bad])).rejects.toMatchObject({ reason: 'PURPOSE_NOT_REGISTERED' });
    expect(log.entries).toEqual([]);
    expect(await store.list(CONSUMER, 10, undefined)).toEqual([]);
  });

  it('answers the same decision again with the same trigger, logged as a repeat and not as a grant', async () => {
    const decision = await attested();
    const first = await grant([decision]);
    const again = await grant([decision]);
    expect(again.triggers).toEqual(first.triggers);
    expect(events()).toEqual(['trigger.granted', 'repeated']);
  });

  it('never makes a used or withdrawn trigger fresh by granting it again', async () => {
    const [used, withdrawn] = [await attested(), await attested()];
    const { triggers } = await grant([used, withdrawn]);
    await log.append([withEffects({ kind: 'use-trigger', trigger: triggers[0]!.id, by: 'r' })]);
    await withdraw([triggers[1]!.id]);
    expect((await grant([used, withdrawn])).triggers.map(({ state }) => state)).toEqual(['used', 'withdrawn']);
  });

  it('refuses another decision under an identifier that is taken', async () => {
    const jti = randomUUID();
    await grant([await attested({ jti })]);
    await expect(grant([await attested({ jti, fields: ['sex'] })])).rejects.toMatchObject({
      reason: 'TRIGGER_NOT_ATTESTED',
    });
    expect((await store.find(CONSUMER, [jti]))[0]?.decision.fields).toEqual(['birth_date', 'family_name']);
    expect(events()).toEqual(['trigger.granted']);
  });

  it('logs nothing of another decision under an identifier whose own grant never reached the log', async () => {
    const [existing, first] = [await attested(), await attested()];
    await grant([existing]);
    await expect(grant([first, existing])).rejects.toMatchObject({ reason: 'TRIGGER_NOT_ATTESTED' });
    const jti = jtiOf(first);
    const before = events();
    await expect(grant([await attested({ jti, fields: ['sex'] })])).rejects.toMatchObject({
      reason: 'TRIGGER_NOT_ATTESTED',
    });
    expect(events()).toEqual(before);
    expect((await grant([first])).triggers.map(({ id }) => id)).toEqual([jti]);
  });

  it('refuses one decision given twice, and logs nothing', async () => {
    const decision = await attested();
    await expect(grant([decision, decision])).rejects.toMatchObject({ reason: 'TRIGGER_NOT_ATTESTED' });
    expect(events()).toEqual([]);
  });

  it('grants nothing that is not in the log (FZV § 68: no log, no data)', async () => {
    log.failing = true;
    const decision = await attested();
    await expect(grant([decision])).rejects.toMatchObject({ reason: 'AUDIT_LOG_UNAVAILABLE' });
    log.failing = false;
    expect(await store.list(CONSUMER, 10, undefined)).toEqual([]);
    expect((await grant([decision])).triggers[0]?.state).toBe('granted');
  });
});

describe('withdrawing triggers (GDPR Art. 7 (3))', () => {
  async function granted(count = 1): Promise<readonly string[]> {
    const { triggers } = await grant(await Promise.all(Array.from({ length: count }, () => attested())));
    return triggers.map(({ id }) => id);
  }

  it('logs each, destroys what rests on it, and says so', async () => {
    const ids = await granted(2);
    const { triggers, receipts } = await withdraw(ids);
    expect(triggers.map(({ id, state }) => [id, state])).toEqual(ids.map((id) => [id, 'withdrawn']));
    expect(receipts.map(({ opening: { caller } }) => [caller.event, caller.trigger_id])).toEqual(
      ids.map((id) => ['trigger.withdrawn', id]),
    );
    expect(answers.destroyed).toEqual(ids);
  });

  it('counts also for a trigger that is being used', async () => {
    const [id] = await granted();
    await log.append([withEffects({ kind: 'use-trigger', trigger: id!, by: 'r' })]);
    expect((await withdraw([id!])).triggers[0]?.state).toBe('withdrawn');
    const release = withEffects({ kind: 'trigger-in-force', trigger: id!, by: 'r' });
    await expect(log.append([release])).rejects.toMatchObject({ reason: 'WITHDRAWN' });
  });

  it('is done once, however often it is asked for', async () => {
    const [id] = await granted();
    await withdraw([id!, id!]);
    const again = await withdraw([id!]);
    expect(again.triggers.map(({ state }) => state)).toEqual(['withdrawn']);
    expect(again.receipts).toEqual([]);
    expect(events().filter((it) => it === 'trigger.withdrawn')).toHaveLength(1);
  });

  it('is done once by two who ask at the same moment; neither is told of a failure', async () => {
    const [id] = await granted();
    const both = await Promise.all([withdraw([id!]), withdraw([id!])]);
    expect(both.map(({ triggers }) => triggers[0]?.state)).toEqual(['withdrawn', 'withdrawn']);
    expect(events().filter((it) => it === 'trigger.withdrawn')).toHaveLength(1);
  });

  it.each([
    ['an unknown trigger', async () => randomUUID(), consumer],
    ["another participant's trigger", async () => (await granted())[0]!, callerOf('elterngeld-online')],
  ])('refuses %s in the same way, and withdraws nothing beside it', async (_case, id, caller) => {
    await expect(withdraw([await id()], caller)).rejects.toMatchObject({ reason: 'NOT_FOUND' });
    expect(events()).not.toContain('trigger.withdrawn');
    expect(answers.destroyed).toEqual([]);
  });

  it('erases nothing from the log', async () => {
    const ids = await granted();
    const before = [...log.entries];
    await withdraw(ids);
    expect(log.entries.slice(0, before.length)).toEqual(before);
  });

  it('is not said to be done while the log cannot be written', async () => {
    const ids = await granted();
    log.failing = true;
    await expect(withdraw(ids)).rejects.toMatchObject({ reason: 'AUDIT_LOG_UNAVAILABLE' });
  });
});

describe('a purpose that names a retention class', () => {
  it('says how long granting, repeating and withdrawing its decisions is on record (IDNrG § 9 Abs. 3)', async () => {
    const { catalogue } = federation.current;
    const purposes = catalogue.purposes.map((it) => ({ ...it, retention: 'short' }));
    const current = new CurrentCatalogue({ ...catalogue, purposes });
    const audit = new AuditLog(log);
    const key = federation.key('node', 'trigger');
    const identity = new NodeIdentity('node', 'https://node.example', federation.nodeCertificate, key, key);
    grantHandler = new GrantTriggersHandler(identity, current, store, audit, clock);
    withdrawHandler = new WithdrawTriggersHandler(store, new TriggerWithdrawal(audit, answers, current));
    const decision = await attested();
    await grant([decision]);
    await grant([decision]);
    await withdraw([jtiOf(decision)]);
    expect(log.entries.map(({ caller, draft }) => [caller.event, draft.sealed.epoch.retentionClass])).toEqual([
      ['trigger.granted', 'short'],
      ['repeated', 'short'],
      ['trigger.withdrawn', 'short'],
    ]);
  });
});

describe('reading triggers', () => {
  it('shows one of the caller, and answers alike for an unknown one and for that of another', async () => {
    const { triggers } = await grant([await attested()]);
    const handler = new GetTriggerHandler(store);
    expect(await handler.execute(new GetTrigger(consumer, triggers[0]!.id))).toEqual(triggers[0]);
    for (const query of [
      new GetTrigger(callerOf('elterngeld-online'), triggers[0]!.id),
      new GetTrigger(consumer, randomUUID()),
    ])
      await expect(handler.execute(query)).rejects.toMatchObject({ reason: 'NOT_FOUND', metadata: {} });
  });

  it('lists those of the caller', async () => {
    const { triggers } = await grant([await attested(), await attested()]);
    const handler = new ListTriggersHandler(store);
    expect(await handler.execute(new ListTriggers(consumer, 1, undefined))).toEqual([triggers[1]]);
    expect(await handler.execute(new ListTriggers(callerOf('elterngeld-online'), 9, undefined))).toEqual([]);
  });
});
