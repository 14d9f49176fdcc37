import { beforeEach, describe, expect, it } from '@jest/globals';
import { verifyTlogProof } from '#libs/tlog/tlog-proof.js';
import { LogBusy } from '../../src/audit/log-store.js';
import { releasedText } from '../../src/exchange/exchange.js';
import { releaseDigest } from '../../src/prefill/release-digest.js';
import { canonicalDigest } from '../../src/tokens/digest.js';
import { logSigner } from '../audit/log-keys.js';
import { CONSUMER, NOW } from '../support/builders.js';
import * as decide from './decided.js';
import { failureOf, missing, REGISTERS } from './decided.js';
import { aWorld, type World } from './world.js';

let world: World;
beforeEach(() => {
  world = aWorld();
});
const everythingDecided = () => decide.everythingDecided(world);
const oneDecided = (it: World = world) => decide.oneDecided(it);

describe('an exchange from top to bottom (design 3)', () => {
  it('asks for permission before it names a person, logs before it asks, and logs before it answers (FZV § 68)', async () => {
    const { all } = await everythingDecided();
    await world.prefill({ triggers: all });
    const [may, rest] = [world.story.slice(0, 5), world.story.slice(5)];
    expect(may.sort()).toEqual([
      'may geburt',
      'may identity',
      'may identity',
      'may kindergeld-bezug',
      'may meldedaten',
    ]);
    expect(rest).toEqual([
      'bind identity',
      'log identity.opened',
      'look up parent with entry identity.opened',
      'bind identity',
      'log identity.closed',
      'log identity.opened',
      'look up child with entry identity.opened',
      ...['meldedaten', 'geburt', 'kindergeld-bezug'].map((type) => `bind ${type}`),
      'log identity.closed',
      ...REGISTERS.map(() => 'log retrieval.opened'),
      ...REGISTERS.map((register) => `ask ${register} with entry retrieval.opened`),
      ...REGISTERS.map(() => 'log retrieval.closed'),
      'log exchange.closed',
    ]);
  });

  it('writes at once how one step ended and that the next begins: four times, and nothing leaves in between', async () => {
    const { all } = await everythingDecided();
    const appends: (readonly string[])[] = [];
    world.log.before = async (events) => void appends.push(events);
    await world.prefill({ triggers: all });
    expect(appends).toEqual([
      ['identity.opened'],
      ['identity.closed', 'identity.opened'],
      ['identity.closed', ...REGISTERS.map(() => 'retrieval.opened')],
      [...REGISTERS.map(() => 'retrieval.closed'), 'exchange.closed'],
    ]);
  });

  it('fills the form with values and their sources, and says what the applicant brings', async () => {
    const { all } = await everythingDecided();
    const answer = await world.prefill({ triggers: all });
    expect(answer.fields.find(({ fim_id }) => fim_id === 'F60000227')).toMatchObject({
      value: 'family_name-value',
      source: { register: 'melderegister-bremen', assurance: 'substantial' },
    });
    expect(missing(answer)).toEqual([['auslaendische-familienleistung', 'refused', 'WITHHELD_BY_APPLICANT']]);
  });

  it('gives receipts that anybody can check, of each release and of the whole', async () => {
    const { all } = await everythingDecided();
    const answer = await world.prefill({ triggers: all });
    expect(answer.evidence).toHaveLength(3);
    for (const { evidence, receipt } of answer.evidence) {
      verifyTlogProof(receipt.tlogProof, receipt.leaf, logSigner.vkey);
      expect(receipt.opening.caller).toMatchObject({
        event: 'retrieval.closed',
        outcome: 'released',
        evidence_type: evidence.evidenceType,
        release_digest: canonicalDigest(releasedText({ evidence })),
      });
    }
    verifyTlogProof(answer.receipt.tlogProof, answer.receipt.leaf, logSigner.vkey);
    const { fields, notDelivered, evidence, releaseSalt } = answer;
    expect(answer.receipt.opening.caller).toMatchObject({
      event: 'exchange.closed',
      outcome: 'partly_released',
      release_digest: releaseDigest(
        { fields, not_delivered: notDelivered, evidence: evidence.map(releasedText) },
        releaseSalt,
      ),
    });
  });

  it('has nothing personal in what the caller may open of the log', async () => {
    const { all } = await everythingDecided();
    await world.prefill({ triggers: all });
    const open = JSON.stringify(world.entries().map(({ caller }) => caller));
    for (const secret of ['Musterfrau', 'Erika', '1990-04-05', 'pairwise-4711', 'family_name', ...idnrs()])
      expect(open).not.toContain(secret);
  });

  const idnrs = () => [...world.directory.persons.values()].flatMap((it) => it?.idnr ?? []);

  it('finds in the log each person and who decided', async () => {
    const { all } = await everythingDecided();
    await world.prefill({ triggers: all });
    const closed = world.log.entries.find(
      ({ caller }) => caller.event === 'retrieval.closed' && caller.subject_role === 'child',
    );
    expect(closed?.draft.entry.persons).toEqual([
      { as: 'subject', person: { kind: 'idnr', idnr: world.directory.persons.get('child')?.idnr } },
      { as: 'decider', person: { kind: 'pseudonym', issuer: CONSUMER, value: 'pairwise-4711' } },
      { as: 'decider', person: { kind: 'idnr', idnr: world.directory.persons.get('parent')?.idnr } },
    ]);
  });

  it('gives each register an identifier of its own; only the log can join them, encrypted (design 5)', async () => {
    const { all } = await everythingDecided();
    await world.prefill({ triggers: all });
    const refs = world.gateway.asked.map(({ retrieval_id }) => retrieval_id);
    expect(new Set(refs).size).toBe(3);
    const open = JSON.stringify(world.entries().map(({ caller }) => caller));
    for (const ref of refs) expect(open).not.toContain(ref);
    const opened = world.entries().filter(({ caller }) => caller.event === 'retrieval.opened');
    expect(opened.flatMap(({ hidden }) => Object.values(hidden.register_refs ?? {}))).toEqual(refs);
  });

  it('looks up who decides before whom they decide for, and proves the representation', async () => {
    const { all } = await everythingDecided();
    await world.prefill({ triggers: all, subjects: world.keyed('child', 'parent') });
    expect(world.directory.asked.map((it) => [it.subject_role, it.representative_idnr])).toEqual([
      ['parent', null],
      ['child', world.directory.persons.get('parent')?.idnr],
    ]);
  });

  it('asks only for fields that form, rule and decision all name', async () => {
    const { identity } = await oneDecided();
    const narrow = await world.decided('meldedaten', 'parent', { fields: ['family_name', 'sex', 'street'] });
    world.intermediary.deviation = { fields: ['family_name', 'given_names', 'idnr', 'birth_date'] };
    await world.prefill({ triggers: [...identity, narrow], subjects: world.keyed('parent') });
    expect(world.gateway.asked.map(({ fields }) => fields)).toEqual([['family_name']]);
  });

  it('keeps back time to log and answer, and gives no register more than its own', async () => {
    const { all, subjects } = await oneDecided();
    await world.prefill({ triggers: all, subjects });
    expect(world.gateway.deadlines).toEqual([NOW + 2000]);
    const second = aWorld();
    const again = await oneDecided(second);
    await second.prefill({ triggers: again.all, subjects: again.subjects, deadline: NOW + 1000 });
    expect(second.gateway.deadlines).toEqual([NOW + 850]);
  });
});

describe('no log, no data (FZV § 68)', () => {
  it('looks nobody up where the lookup cannot be logged', async () => {
    const { all } = await everythingDecided();
    world.log.failing = true;
    const fault = await failureOf(world.prefill({ triggers: all }));
    expect(fault).toMatchObject({ reason: 'AUDIT_LOG_UNAVAILABLE' });
    expect(world.directory.asked).toEqual([]);
    expect(world.gateway.asked).toEqual([]);
  });

  it('asks no register where too many entries wait already, and says when to try again', async () => {
    const { all } = await everythingDecided();
    world.log.before = async (events) => {
      if (events.includes('retrieval.opened')) throw new LogBusy('too many entries wait for the log');
    };
    const fault = await failureOf(world.prefill({ triggers: all }));
    expect(fault).toMatchObject({ reason: 'BUSY', retryDelayMs: 1000 });
    expect(world.gateway.asked).toEqual([]);
  });

  it('asks no register where the retrieval cannot be logged', async () => {
    const { all } = await everythingDecided();
    world.log.before = async (events) => {
      world.log.failing = events.includes('retrieval.opened');
    };
    expect(await failureOf(world.prefill({ triggers: all }))).toMatchObject({ reason: 'AUDIT_LOG_UNAVAILABLE' });
    expect(world.gateway.asked).toEqual([]);
  });

  it('releases nothing where the release cannot be logged', async () => {
    const { all } = await everythingDecided();
    world.log.before = async (events) => {
      world.log.failing = events.includes('exchange.closed');
    };
    expect(await failureOf(world.prefill({ triggers: all }))).toMatchObject({ reason: 'AUDIT_LOG_UNAVAILABLE' });
    expect(world.gateway.asked).toHaveLength(3);
    expect([...world.repeats.rows]).toEqual([]);
  });
});
