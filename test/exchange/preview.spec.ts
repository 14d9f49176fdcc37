import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Trigger } from '../../src/consent/trigger.js';
import { demandStatable } from '../../src/exchange/attested-releases.js';
import type { ExchangeAnswer } from '../../src/exchange/exchange-answer.js';
import { newOwnStatement, type OwnStatement } from '../../src/tokens/own-statement.js';
import type { ReleaseDecision } from '../../src/tokens/release-attestation.js';
import { withEffects } from '../audit/entries.js';
import { aWorld, type World } from './world.js';

let world: World;
let triggers: readonly Trigger[];
let requestId: string;
beforeEach(async () => {
  world = aWorld();
  await decide();
});

async function decide(): Promise<void> {
  requestId = randomUUID();
  triggers = [
    await world.decided('identity', 'parent'),
    await world.decided('identity', 'child'),
    await world.decided('meldedaten', 'parent', { preview: 'WANTED' }),
    await world.decided('geburt', 'child'),
  ];
}

const MELDEDATEN = 2;
const ask = () => world.prefill({ triggers, requestId });
const waitingIn = ({ notDelivered }: ExchangeAnswer) => notDelivered.flatMap(({ heldId }) => heldId ?? []);
const events = () => world.entries().map(({ caller }) => caller.event);

async function held(): Promise<Readonly<{ exchangeId: string; ids: readonly string[] }>> {
  const answer = await ask();
  return { exchangeId: answer.exchangeId, ids: waitingIn(answer) };
}
const all = (ids: readonly string[], decision: ReleaseDecision['decision'] = 'RELEASE') =>
  ids.map((held_id) => ({ held_id, decision }));
const other = () => ({
  caller: { participant: { ...world.consumer.participant, id: 'elterngeld-online' }, thumbprint: 'x' },
});

describe('evidence that the person wants to see first (EGovG § 5 Abs. 5)', () => {
  it('is held, and nothing of the exchange is passed on', async () => {
    const answer = await ask();
    expect(answer).toMatchObject({ fields: [], evidence: [] });
    const items = answer.notDelivered.map(({ evidence_type, state, reason }) => [evidence_type, state, reason]);
    expect(items).toEqual(
      expect.arrayContaining([
        ['meldedaten', 'preview_required', 'PREVIEW_REQUIRED'],
        ['geburt', 'preview_required', 'PREVIEW_REQUIRED'],
      ]),
    );
    expect(JSON.stringify(answer)).not.toContain('-value');
  });

  it('is logged as held and stays open: no outcome, no end of the exchange', async () => {
    await ask();
    expect(events().slice(-2)).toEqual(['retrieval.held', 'retrieval.held']);
    expect(events()).not.toContain('retrieval.closed');
    expect(events()).not.toContain('exchange.closed');
  });

  it('is an incident once where it holds more than was asked for, held and released (GDPR Art. 33)', async () => {
    world.gateway.behaviour.set('melderegister-bremen', 'surplus');
    const { exchangeId, ids } = await held();
    const incidents = () => events().filter((event) => event === 'incident');
    expect(incidents()).toHaveLength(1);
    await world.decide(exchangeId, all(ids));
    expect(events().at(-1)).toBe('exchange.closed');
    expect(incidents()).toHaveLength(1);
  });

  it('is shown at the pages to whoever decided there, signed in as highly as they decided (EGovG § 5 Abs. 5)', async () => {
    const { idnr } = world.directory.persons.get('parent')!;
    // Whoever attested stands for the pages.
    const pages = world.consumer.participant.id;
    const atPages = (type: string, role: string, deviation: Parameters<World['decided']>[2] = {}) =>
      world.decided(type, role, deviation, idnr);
    triggers = [
      await atPages('identity', 'parent'),
      await atPages('identity', 'child'),
      await atPages('meldedaten', 'parent', { preview: 'WANTED' }),
      await atPages('geburt', 'child'),
    ];
    const { exchangeId } = await held();
    await expect(world.hold.findOf(exchangeId, pages, { idnr, assurance: 'substantial' })).resolves.toMatchObject({
      exchangeId,
    });
    const lower = world.hold.findOf(exchangeId, pages, { idnr, assurance: 'low' });
    await expect(lower).rejects.toMatchObject({ reason: 'ASSURANCE_TOO_LOW' });
    const other = world.hold.findOf(exchangeId, pages, { idnr: '01357924682', assurance: 'low' });
    await expect(other).rejects.toMatchObject({ reason: 'NOT_FOUND' });
  });

  it('is sealed where it waits', async () => {
    await ask();
    const kept = [...world.held.rows.values()].map(({ sealed }) => Buffer.from(sealed, 'base64url').toString('latin1'));
    expect(kept).toHaveLength(1);
    expect(kept.join()).not.toMatch(/-value|Musterfrau|1990/);
  });

  it('is not held where that cannot be logged (FZV § 68)', async () => {
    world.log.before = async (entries) => {
      world.log.failing = entries.includes('retrieval.held');
    };
    await expect(ask()).rejects.toMatchObject({ reason: 'AUDIT_LOG_UNAVAILABLE' });
    expect([...world.held.rows]).toEqual([]);
  });

  it('does not wait where the decision was withdrawn meanwhile; the rest goes on', async () => {
    world.gateway.meanwhile = async ({ register }) => {
      if (register === 'melderegister-bremen') await world.withdraw(triggers[MELDEDATEN]!);
    };
    const answer = await ask();
    expect(answer.notDelivered).toContainEqual(
      expect.objectContaining({ evidence_type: 'meldedaten', reason: 'TRIGGER_WITHDRAWN' }),
    );
    expect(answer.evidence.map(({ evidence }) => evidence.evidenceType)).toEqual(['geburt']);
    expect([...world.held.rows]).toEqual([]);
    expect(events().at(-1)).toBe('exchange.closed');
  });
});

describe('the preview', () => {
  it('shows what would be passed on, in words of the catalogue, and is logged before it is shown', async () => {
    const { exchangeId } = await held();
    const { items } = await world.preview(exchangeId);
    expect(items.map(({ evidenceType, subjectRole }) => [evidenceType, subjectRole])).toEqual([
      ['meldedaten', 'parent'],
      ['geburt', 'child'],
    ]);
    expect(items[0]?.attributes).toContainEqual({
      attribute: 'family_name',
      title: 'Familienname',
      value: 'family_name-value',
    });
    expect(items[0]?.attributes).toContainEqual({
      attribute: 'nationalities',
      title: 'Staatsangehörigkeiten',
      value: 'deutsch',
    });
    expect(events().slice(-2)).toEqual(['preview.shown', 'preview.shown']);
  });

  it('shows one piece where one is asked for', async () => {
    const { exchangeId, ids } = await held();
    expect((await world.preview(exchangeId, [ids[1]!])).items.map(({ heldId }) => heldId)).toEqual([ids[1]]);
  });

  it('shows nothing that is not logged', async () => {
    const { exchangeId } = await held();
    world.log.failing = true;
    await expect(world.preview(exchangeId)).rejects.toMatchObject({ reason: 'AUDIT_LOG_UNAVAILABLE' });
  });

  it('shows nothing of a withdrawn decision', async () => {
    const { exchangeId } = await held();
    await world.withdraw(triggers[MELDEDATEN]!);
    await expect(world.preview(exchangeId)).rejects.toMatchObject({ reason: 'TRIGGER_WITHDRAWN' });
  });

  it('shows nothing of what is withdrawn in the very moment', async () => {
    const { exchangeId } = await held();
    world.log.before = async (entries) => {
      world.log.before = async () => undefined;
      if (entries.includes('preview.shown')) await world.withdraw(triggers[MELDEDATEN]!);
    };
    await expect(world.preview(exchangeId)).rejects.toMatchObject({ reason: 'TRIGGER_WITHDRAWN' });
  });

  it.each([
    ['another exchange', async () => world.preview(randomUUID())],
    ['another piece', async () => world.preview((await held()).exchangeId, [randomUUID()])],
    ['another consumer', async () => world.preview((await held()).exchangeId, [], other())],
    [
      'after an hour',
      async () => {
        const { exchangeId } = await held();
        world.clock.ms += 3_600_000;
        return world.preview(exchangeId);
      },
    ],
  ])('finds nothing for %s', async (_case, look) => {
    await expect(look()).rejects.toMatchObject({ reason: 'NOT_FOUND' });
  });
});

describe('the decision after the preview', () => {
  it('releases what was decided on, with receipts, and destroys what was held', async () => {
    const { exchangeId, ids } = await held();
    const answer = await world.decide(exchangeId, all(ids));
    expect(answer.evidence.map(({ evidence }) => evidence.evidenceType)).toEqual(['meldedaten', 'geburt']);
    expect(answer.fields.find(({ fim_id }) => fim_id === 'F60000227')).toMatchObject({ value: 'family_name-value' });
    expect(answer.receipt.opening.caller).toMatchObject({ event: 'exchange.closed', exchange_ref: exchangeId });
    expect([...world.held.rows]).toEqual([]);
    expect(world.gateway.asked).toHaveLength(2);
  });

  it('takes out what was refused, in answer and log', async () => {
    const { exchangeId, ids } = await held();
    const answer = await world.decide(exchangeId, [...all([ids[0]!], 'REFUSE'), ...all([ids[1]!])]);
    expect(answer.evidence.map(({ evidence }) => evidence.evidenceType)).toEqual(['geburt']);
    expect(JSON.stringify(answer)).not.toContain('family_name-value');
    const closed = world.entries().filter(({ caller }) => caller.event === 'retrieval.closed');
    expect(closed.map(({ caller }) => [caller.evidence_type, caller.outcome]).sort()).toEqual([
      ['geburt', 'released'],
      ['meldedaten', 'withheld_by_applicant'],
    ]);
  });

  it('may refuse all: nothing is released, and nothing stays held', async () => {
    const { exchangeId, ids } = await held();
    await expect(world.decide(exchangeId, all(ids, 'REFUSE'))).rejects.toMatchObject({
      reason: 'WITHHELD_BY_APPLICANT',
      isLogged: true,
    });
    expect([...world.held.rows]).toEqual([]);
    expect(events().at(-1)).toBe('exchange.closed');
  });

  it('releases nothing that was withdrawn since', async () => {
    const { exchangeId, ids } = await held();
    await world.withdraw(triggers[MELDEDATEN]!);
    const answer = await world.decide(exchangeId, all(ids));
    expect(answer.evidence.map(({ evidence }) => evidence.evidenceType)).toEqual(['geburt']);
    expect(answer.notDelivered).toContainEqual(expect.objectContaining({ reason: 'TRIGGER_WITHDRAWN' }));
  });

  it('releases nothing that is not permitted any more (design 5)', async () => {
    const { exchangeId, ids } = await held();
    world.intermediary.forbidden.add('meldedaten');
    const answer = await world.decide(exchangeId, all(ids));
    expect(answer.evidence.map(({ evidence }) => evidence.evidenceType)).toEqual(['geburt']);
    expect(answer.notDelivered).toContainEqual(expect.objectContaining({ reason: 'TRANSFER_NOT_PERMITTED' }));
  });

  it('releases nothing that cannot be logged, and may be given again', async () => {
    const { exchangeId, ids } = await held();
    world.log.failing = true;
    await expect(world.decide(exchangeId, all(ids))).rejects.toMatchObject({ reason: 'AUDIT_LOG_UNAVAILABLE' });
    world.log.failing = false;
    expect((await world.decide(exchangeId, all(ids))).evidence).toHaveLength(2);
  });

  it.each([
    ['leaves out a piece that waits', (ids: readonly string[]) => all(ids.slice(1))],
    ['decides on one twice', (ids: readonly string[]) => all([...ids, ids[0]!])],
    ['decides on another exchange', (ids: readonly string[]) => all([...ids, randomUUID()])],
    ['decides on nothing', () => []],
  ])('is refused where it %s, and all stays held', async (_case, decisions) => {
    const { exchangeId, ids } = await held();
    await expect(world.decide(exchangeId, decisions(ids))).rejects.toMatchObject({ reason: 'REQUEST_INVALID' });
    expect(world.held.rows.size).toBe(1);
  });

  it('counts from whoever attested the choice only', async () => {
    const { exchangeId, ids } = await held();
    const foreign = world.decide(exchangeId, all(ids), { attester: 'elterngeld-online' });
    await expect(foreign).rejects.toMatchObject({ reason: 'TRIGGER_NOT_ATTESTED' });
    expect(world.held.rows.size).toBe(1);
  });

  it.each([
    ['of another consumer', () => other(), 0],
    ['after an hour', () => ({}), 3_600_000],
  ])('finds nothing %s', async (_case, deviation, later) => {
    const { exchangeId, ids } = await held();
    world.clock.ms += later;
    await expect(world.decide(exchangeId, all(ids), deviation())).rejects.toMatchObject({ reason: 'NOT_FOUND' });
  });

  it('is made once: a second one finds nothing, and the repeat of the request gets the first answer', async () => {
    const { exchangeId, ids } = await held();
    const again = { requestId: randomUUID() };
    const first = await world.decide(exchangeId, all(ids), again);
    await expect(world.decide(exchangeId, all(ids))).rejects.toMatchObject({ reason: 'NOT_FOUND' });
    expect(events().filter((event) => event === 'exchange.closed')).toHaveLength(1);
    expect(first.evidence).toHaveLength(2);
  });

  it('is made by one of two who decide at the same moment', async () => {
    const { exchangeId, ids } = await held();
    const both = await Promise.allSettled([
      world.decide(exchangeId, all(ids)),
      world.decide(exchangeId, all(ids, 'REFUSE')),
    ]);
    const closed = world.entries().filter(({ caller }) => caller.event === 'retrieval.closed');
    expect(closed).toHaveLength(2);
    expect(new Set(closed.map(({ caller }) => caller.outcome)).size).toBe(1);
    expect(both.filter(({ status }) => status === 'rejected').length).toBeGreaterThanOrEqual(1);
    expect([...world.held.rows]).toEqual([]);
  });
});

describe('what the person states themself beside the evidence (EGovG § 5 Abs. 5)', () => {
  const SAYS = 'Musterfrau-Anders';
  const on = (held_id: string, attribute = 'family_name') => newOwnStatement({ held_id, attribute, value: SAYS });

  /** As pages leave it: verified and put beside what is held. */
  async function attested(decisions: (ids: readonly string[]) => readonly ReleaseDecision[] = all) {
    const { exchangeId, ids } = await held();
    const statements = [on(ids[0]!)];
    const attestation = await world.attestRelease(exchangeId, decisions(ids), undefined, statements);
    const found = await world.hold.find(exchangeId, world.consumer.participant.id);
    await world.releases.verify(exchangeId, attestation, statements);
    const decided = await world.hold.attest(found, { attestation, statements }, decisions(ids));
    await world.hold.settle(decided!);
    return { exchangeId, ids, attestation };
  }

  it('comes beside the evidence, in which nothing is changed, with the attestation that names its digest', async () => {
    const { exchangeId, ids, attestation } = await attested();
    const answer = await world.fetchReleased(exchangeId);
    const [piece] = answer.evidence.map(({ evidence }) => evidence);
    const { ownStatements: own, evidence, fields } = answer;
    const evidence_id = piece !== undefined && 'evidenceId' in piece ? piece.evidenceId : '';
    expect(own).toMatchObject({
      attestation,
      statements: [{ held_id: ids[0], attribute: 'family_name', value: SAYS, evidence_id }],
    });
    expect(JSON.stringify({ evidence, fields })).not.toContain(SAYS);
    expect(fields.find(({ fim_id }) => fim_id === 'F60000227')).toMatchObject({ value: 'family_name-value' });
    await expect(world.releases.verify(exchangeId, own!.attestation, own!.statements)).resolves.toBeDefined();
  });

  it('waits as long as what is held: longer than the attestation, which was examined when it came', async () => {
    const { exchangeId, attestation } = await attested();
    world.clock.ms += 30 * 60_000;
    const answer = await world.fetchReleased(exchangeId);
    expect(answer.evidence).toHaveLength(2);
    expect(answer.ownStatements).toMatchObject({ attestation, statements: [{ value: SAYS }] });
  });

  it('counts for nothing once the key that attests it is revoked', async () => {
    const { exchangeId } = await attested();
    await world.current.replace({
      ...world.current.catalogue,
      keys: world.current.catalogue.keys.map((it) => ({
        ...it,
        keys: it.keys.filter(({ use }) => use !== 'attestation'),
      })),
    });
    await expect(world.fetchReleased(exchangeId)).rejects.toMatchObject({ reason: 'TRIGGER_NOT_ATTESTED' });
    expect(world.held.rows.size).toBe(1);
  });

  it('cannot be too old where the consumer gives it itself', async () => {
    const { exchangeId, ids } = await held();
    const attestation = await world.attestRelease(exchangeId, all(ids));
    world.clock.ms += 12 * 60_000;
    await expect(world.decide(exchangeId, [], { attestation })).rejects.toMatchObject({
      reason: 'TRIGGER_NOT_ATTESTED',
    });
  });

  it('is on record by its number alone, with the piece that it is about', async () => {
    const { exchangeId } = await attested();
    await world.fetchReleased(exchangeId);
    const closed = world.entries().filter(({ caller }) => caller.event === 'retrieval.closed');
    expect(closed.map(({ caller, hidden }) => [caller.evidence_type, hidden.own_statements])).toEqual([
      ['meldedaten', 1],
      ['geburt', undefined],
    ]);
    expect(JSON.stringify(world.entries())).not.toContain(SAYS);
  });

  it('is sealed where it waits, and the attestation beside it says nothing of what it is', async () => {
    await attested();
    const [waiting] = [...world.held.releases.values()];
    const kept = [waiting!.attestation.split('.')[1]!, waiting!.statements].map((it) =>
      Buffer.from(it, 'base64url').toString('latin1'),
    );
    expect(kept.join()).not.toContain(SAYS);
    expect(kept[0]).toContain('own_statements');
  });

  it('ends with the piece that it is about: what was withdrawn meanwhile takes it along', async () => {
    const { exchangeId } = await attested();
    await world.withdraw(triggers[MELDEDATEN]!);
    const answer = await world.fetchReleased(exchangeId);
    expect(answer.evidence.map(({ evidence }) => evidence.evidenceType)).toEqual(['geburt']);
    expect(JSON.stringify(answer)).not.toContain(SAYS);
  });

  it.each([
    ['one that is not attested', (it: OwnStatement) => [it, on(it.held_id, 'given_names')]],
    ['another word', (it: OwnStatement) => [{ ...it, value: 'Anders' }]],
    ['another datum', (it: OwnStatement) => [{ ...it, attribute: 'given_names' }]],
    ['fewer than attested', () => []],
    ['one twice', (it: OwnStatement) => [it, it]],
  ])('counts as attested only, not %s', async (_case, altered) => {
    const { exchangeId, ids } = await held();
    const statement = on(ids[0]!);
    const attestation = await world.attestRelease(exchangeId, all(ids), undefined, [statement]);
    const verified = world.releases.verify(exchangeId, attestation, altered(statement));
    await expect(verified).rejects.toMatchObject({ reason: 'TRIGGER_NOT_ATTESTED' });
  });

  it('cannot come with a decision that the consumer gives itself', async () => {
    const { exchangeId, ids } = await held();
    const attestation = await world.attestRelease(exchangeId, all(ids), undefined, [on(ids[0]!)]);
    await expect(world.decide(exchangeId, [], { attestation })).rejects.toMatchObject({
      reason: 'TRIGGER_NOT_ATTESTED',
    });
    expect(world.held.rows.size).toBe(1);
  });

  it.each<[string, (ids: readonly string[]) => readonly OwnStatement[]]>([
    ['what is withheld or not there', ([id]) => [on(id!, 'no_such_attribute')]],
    ['what is not passed on', ([_, refused]) => [on(refused!, 'family_name')]],
    ['another piece', () => [on(randomUUID())]],
    ['one datum twice', ([id]) => [on(id!), on(id!)]],
  ])('is not about %s', async (_case, statements) => {
    const { exchangeId, ids } = await held();
    const found = await world.hold.find(exchangeId, world.consumer.participant.id);
    const decisions = [...all([ids[0]!]), ...all([ids[1]!], 'REFUSE')];
    expect(() => demandStatable(found, decisions, statements(ids))).toThrow(
      expect.objectContaining({ reason: 'REQUEST_INVALID' }),
    );
    expect(() => demandStatable(found, decisions, [on(ids[0]!)])).not.toThrow();
  });
});

describe('what the person refuses at the pages (EGovG § 5 Abs. 5)', () => {
  beforeEach(async () => {
    const { idnr } = world.directory.persons.get('parent')!;
    const atPages = (type: string, role: string, deviation: Parameters<World['decided']>[2] = {}) =>
      world.decided(type, role, deviation, idnr);
    triggers = [
      await atPages('identity', 'parent'),
      await atPages('identity', 'child'),
      await atPages('meldedaten', 'parent', { preview: 'WANTED' }),
      await atPages('geburt', 'child'),
    ];
  });
  const refusesFirst = ([first, ...others]: readonly string[]) => [...all([first!], 'REFUSE'), ...all(others)];
  const refusesAll = (ids: readonly string[]) => all(ids, 'REFUSE');
  type Choice = (ids: readonly string[]) => readonly ReleaseDecision[];

  /** As `AttestRelease` leaves it, where it is not interrupted. */
  async function attests(exchangeId: string, decisions: readonly ReleaseDecision[]) {
    const found = await world.hold.find(exchangeId, world.consumer.participant.id);
    const attestation = await world.attestRelease(exchangeId, decisions);
    return world.hold.attest(found, { attestation, statements: [] }, decisions);
  }
  async function decides(choice: Choice = refusesFirst) {
    const { exchangeId, ids } = await held();
    const decided = await attests(exchangeId, choice(ids));
    await world.hold.settle(decided!);
    return { exchangeId, ids };
  }
  const outcomes = () =>
    world
      .entries()
      .filter(({ caller }) => caller.event === 'retrieval.closed')
      .map(({ caller }) => [caller.evidence_type, caller.outcome, caller.reason]);
  const WITHHELD = ['meldedaten', 'withheld_by_applicant', 'WITHHELD_BY_APPLICANT'];
  const shownIn = (exchangeId: string) => world.previewAtPages(exchangeId);
  /** What a node could show or release of what is held. */
  const content = async (exchangeId: string) =>
    JSON.stringify(await world.hold.find(exchangeId, world.consumer.participant.id));

  it('is destroyed at that moment, and only that; with it goes what its decision could destroy', async () => {
    const { exchangeId, ids } = await held();
    expect(await content(exchangeId)).toContain('family_name-value');
    await attests(exchangeId, refusesFirst(ids));
    expect(await content(exchangeId)).not.toContain('family_name-value');
    expect(await content(exchangeId)).toContain('child_given_names-value');
    const [row] = [...world.held.rows.values()];
    expect(row!.retrievals).toEqual([ids[1]]);
    expect(row!.triggers).not.toContain(triggers[MELDEDATEN]!.id);
  });

  it('has its outcome at that moment, whether or not the consumer ever comes', async () => {
    await decides();
    expect(outcomes()).toEqual([WITHHELD]);
    expect(events()).not.toContain('exchange.closed');
    const [closed] = world.entries().filter(({ caller }) => caller.event === 'retrieval.closed');
    expect(JSON.stringify(closed)).not.toContain('family_name');
  });

  it('ends the exchange where nothing else is left, and the consumer hears why', async () => {
    const { exchangeId } = await decides(refusesAll);
    expect(outcomes()).toHaveLength(2);
    expect(world.entries().at(-1)!.caller).toMatchObject({ event: 'exchange.closed', outcome: 'refused' });
    const size = events().length;
    const again = { requestId: randomUUID() };
    const refused = { reason: 'WITHHELD_BY_APPLICANT', isLogged: true };
    await expect(world.fetchReleased(exchangeId, again)).rejects.toMatchObject(refused);
    expect(events()).toHaveLength(size);
    expect([...world.held.rows]).toEqual([]);
    await expect(world.fetchReleased(exchangeId, again)).rejects.toMatchObject(refused);
    await expect(world.fetchReleased(exchangeId)).rejects.toMatchObject({ reason: 'NOT_FOUND' });
  });

  it('is shown as decided, without its content and that of the rest, and that is no look at evidence', async () => {
    const { exchangeId, ids } = await held();
    await attests(exchangeId, refusesFirst(ids));
    const size = events().length;
    const { items } = await shownIn(exchangeId);
    expect(items.map(({ heldId, decided, attributes }) => [heldId, decided, attributes])).toEqual(
      expect.arrayContaining([
        [ids[0], 'REFUSE', []],
        [ids[1], 'RELEASE', []],
      ]),
    );
    expect(items).toHaveLength(2);
    expect(events()).toHaveLength(size);
    await expect(world.preview(exchangeId)).rejects.toMatchObject({ reason: 'CALL_NOT_ALLOWED' });
  });

  it('is named to the consumer that comes for the rest, and closed once', async () => {
    const { exchangeId } = await decides();
    const answer = await world.fetchReleased(exchangeId);
    expect(answer.evidence.map(({ evidence }) => evidence.evidenceType)).toEqual(['geburt']);
    expect(answer.notDelivered).toContainEqual(
      expect.objectContaining({ evidence_type: 'meldedaten', reason: 'WITHHELD_BY_APPLICANT' }),
    );
    expect(outcomes()).toEqual([WITHHELD, ['geburt', 'released', undefined]]);
    expect(world.entries().at(-1)!.caller).toMatchObject({ event: 'exchange.closed', outcome: 'partly_released' });
    expect([...world.held.rows]).toEqual([]);
  });

  it('has its outcome before the consumer gets the rest, also where a node died before it was written', async () => {
    const { exchangeId, ids } = await held();
    await attests(exchangeId, refusesFirst(ids));
    expect((await world.fetchReleased(exchangeId)).evidence).toHaveLength(1);
    expect(outcomes()).toEqual([WITHHELD, ['geburt', 'released', undefined]]);
  });

  it('is decided by one of two tabs that send at once, and by neither a second time', async () => {
    const { exchangeId, ids } = await held();
    const both = await Promise.all([attests(exchangeId, refusesFirst(ids)), attests(exchangeId, refusesAll(ids))]);
    expect(both.filter((it) => it !== undefined)).toHaveLength(1);
    for (const decided of both) if (decided !== undefined) await world.hold.settle(decided);
    expect(await attests(exchangeId, all(ids)).catch(({ reason }) => reason)).toBeUndefined();
    await world.fetchReleased(exchangeId).catch(() => undefined);
    expect(outcomes()).toHaveLength(2);
    expect(events().filter((it) => it === 'exchange.closed')).toHaveLength(1);
  });

  it.each<[string, Choice, number]>([
    ['a part', refusesFirst, 1],
    ['all', refusesAll, 0],
  ])('of %s is closed once where the consumer comes at the same moment', async (_case, choice, released) => {
    const { exchangeId, ids } = await held();
    const decided = await attests(exchangeId, choice(ids));
    const [fetched] = await Promise.allSettled([
      world.fetchReleased(exchangeId),
      world.hold.settle(decided!),
      world.hold.destroyExpired(),
    ]);
    expect(fetched.status).toBe(released === 0 ? 'rejected' : 'fulfilled');
    expect(outcomes()).toHaveLength(2);
    expect(outcomes()).toContainEqual(WITHHELD);
    expect(events().filter((it) => it === 'exchange.closed')).toHaveLength(1);
  });

  it.each<[string, Choice, number]>([
    ['a part', refusesFirst, 0],
    ['all', refusesAll, 1],
  ])('of %s gets its outcome later where a node died before it was written', async (_case, choice, ended) => {
    const { exchangeId, ids } = await held();
    await attests(exchangeId, choice(ids));
    expect(outcomes()).toEqual([]);
    world.log.failing = true;
    await expect(world.hold.destroyExpired()).rejects.toMatchObject({ errors: [{ reason: 'AUDIT_LOG_UNAVAILABLE' }] });
    world.log.failing = false;
    // Another node, or the same after a restart; also where the time of the rest is over meanwhile.
    world.clock.ms += 3_600_000;
    await world.hold.destroyExpired();
    expect(outcomes()).toContainEqual(WITHHELD);
    expect(events().filter((it) => it === 'exchange.closed')).toHaveLength(ended);
    expect([...world.held.rows]).toEqual([]);
    await world.hold.destroyExpired();
    expect(outcomes()).toHaveLength(choice(ids).filter(({ decision }) => decision === 'REFUSE').length);
    await expect(world.fetchReleased(exchangeId)).rejects.toMatchObject({ reason: 'NOT_FOUND' });
  });

  it('is settled for each by itself: one that cannot be leaves none of the others without an outcome', async () => {
    for (let n = 0; n < 2; n += 1) {
      await decide();
      const { exchangeId, ids } = await held();
      await attests(exchangeId, refusesAll(ids));
    }
    let tried = 0;
    world.log.before = async () => {
      tried += 1;
      if (tried === 1) throw new Error('busy');
    };
    await expect(world.hold.destroyExpired()).rejects.toThrow('not settled');
    expect(outcomes()).toHaveLength(2);
    await world.hold.destroyExpired();
    expect(outcomes()).toHaveLength(4);
  });

  it('keeps the outcome that others gave it, and what is left gets its own', async () => {
    const { exchangeId, ids } = await held();
    const decided = await attests(exchangeId, refusesAll(ids));
    await world.log.append([withEffects({ kind: 'close-retrieval', retrieval: ids[0]! })]);
    await world.hold.settle(decided!);
    await world.hold.settle(decided!);
    expect(outcomes().filter(([type]) => type === 'geburt')).toHaveLength(1);
    expect(outcomes().filter(([type]) => type === 'meldedaten')).toEqual([]);
    expect(events().filter((it) => it === 'exchange.closed')).toHaveLength(1);
  });
});
