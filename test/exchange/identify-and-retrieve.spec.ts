import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { LogBusy } from '../../src/audit/log-store.js';
import type { Trigger } from '../../src/consent/trigger.js';
import type { RequestedSubject } from '../../src/exchange/exchange.js';
import { aWorld, KEYS, type World } from './world.js';

let world: World;
let identity: readonly Trigger[];
beforeEach(async () => {
  world = aWorld();
  identity = [await world.decided('identity', 'parent'), await world.decided('identity', 'child')];
});

const events = () => world.entries().map(({ caller }) => caller.event);
async function tokens(): Promise<readonly RequestedSubject[]> {
  const { subjects } = await world.resolve(identity);
  return subjects.map(({ role, token }) => ({ role, kind: 'token', token }));
}
const melde = {
  evidenceType: 'meldedaten',
  subjectRole: 'parent',
  fields: undefined,
  partial: true,
  where: { ars: '04011000' },
};

describe('what a register is asked for', () => {
  it('stays inside the own catalogue, whatever the intermediary answers (GDPR Art. 5 (1) c)', async () => {
    const fields = ['family_name', 'marital_status', 'sex'];
    world.intermediary.deviation = { fields: ['birth_date', 'idnr', ...fields] };
    const trigger = await world.decided('meldedaten', 'parent', { fields });
    await world.retrieve([{ ...melde, triggerId: trigger.id }], identity.slice(0, 1));
    expect(world.gateway.asked.map((request) => request.fields)).toEqual([['family_name']]);
  });
});

describe('looking persons up for their own sake (IDNrG § 6)', () => {
  it('gives a token for each, sealed, and logs a pair for each and the end', async () => {
    const { subjects, receipt } = await world.resolve(identity);
    expect(subjects.map(({ role }) => role)).toEqual(['parent', 'child']);
    expect(JSON.stringify(subjects)).not.toContain(world.directory.persons.get('parent')!.idnr);
    expect(receipt.opening.caller).toMatchObject({ event: 'exchange.closed', outcome: 'released' });
    const pair = ['identity.opened', 'identity.closed'];
    expect(events()).toEqual([...pair, ...pair, 'exchange.closed']);
  });

  it('has the last outcome in the log also where the end could not be written with it, and gives nothing', async () => {
    world.log.before = async (events) => {
      if (events.includes('exchange.closed')) throw new LogBusy('too many entries wait for the log');
    };
    await expect(world.resolve(identity)).rejects.toMatchObject({ reason: 'BUSY' });
    const pair = ['identity.opened', 'identity.closed'];
    expect(events()).toEqual([...pair, ...pair]);
  });

  it('finds whom somebody represents beside the token of an earlier lookup of theirs, and looks nobody up twice', async () => {
    const [ofParent, ofChild] = identity;
    const parent = { role: 'parent', kind: 'key', key: KEYS.parent! } as const;
    const { subjects: found } = await world.resolve([ofParent!], { subjects: [parent] });
    const known = found.map(({ role, token }) => ({ role, kind: 'token', token }) as const);
    const child = { role: 'child', kind: 'key', key: KEYS.child! } as const;
    const { subjects } = await world.resolve([ofChild!], { subjects: [...known, child] });
    expect(subjects.map(({ role }) => role)).toEqual(['child']);
    expect(world.directory.asked.map(({ representative_idnr }) => representative_idnr)).toEqual([
      null,
      world.directory.persons.get('parent')!.idnr,
    ]);
  });

  it('leaves the same trace for the caller whether somebody was found or not', async () => {
    await world.resolve(identity);
    const empty = aWorld();
    const decisions = [await empty.decided('identity', 'parent'), await empty.decided('identity', 'child')];
    empty.directory.persons.set('parent', undefined);
    await expect(empty.resolve(decisions)).rejects.toMatchObject({ reason: 'SUBJECT_NOT_AVAILABLE', isLogged: true });
    const lookups = (it: World) =>
      it
        .entries()
        .filter(({ caller }) => caller.event.startsWith('identity'))
        .map(({ caller: { exchange_ref: _, retrieval_ref: __, trigger_id: ___, ...rest } }) => rest);
    expect(lookups(empty)).toEqual(lookups(world));
  });

  it('repeats the same answer to the same request', async () => {
    const requestId = randomUUID();
    const first = await world.resolve(identity, { requestId });
    expect(await world.resolve(identity, { requestId })).toEqual(first);
    expect(world.directory.asked).toHaveLength(2);
  });

  it('needs a decision for each person', async () => {
    await expect(world.resolve(identity.slice(0, 1))).rejects.toMatchObject({
      reason: 'TRIGGER_MISSING',
      metadata: { subject_role: 'child' },
    });
    expect(world.directory.asked).toEqual([]);
  });

  it('is for the consumer of the service only', async () => {
    const caller = { participant: { ...world.consumer.participant, id: 'elterngeld-online' }, thumbprint: 'x' };
    await expect(world.resolve(identity, { caller })).rejects.toMatchObject({ reason: 'TRANSFER_NOT_PERMITTED' });
  });
});

describe('a subject token in an exchange (design 5)', () => {
  it('stands for the person: nobody is looked up again', async () => {
    const subjects = await tokens();
    const triggers = [await world.decided('meldedaten', 'parent'), await world.decided('geburt', 'child')];
    const answer = await world.prefill({ triggers, subjects });
    expect(answer.evidence).toHaveLength(2);
    expect(world.directory.asked).toHaveLength(2);
    expect(world.gateway.asked.map((it) => ('person' in it ? it.person.idnr : ''))).toEqual([
      world.directory.persons.get('parent')?.idnr,
      world.directory.persons.get('child')?.idnr,
    ]);
  });

  it.each([
    ['that was altered', async () => [{ role: 'parent', kind: 'token', token: 'AAAA' }], {}],
    ['of another person of the request', async () => [{ ...(await tokens())[1]!, role: 'parent' }], {}],
    ['that has expired', async () => tokens(), { later: 600_000 }],
    ['over another certificate', async () => tokens(), { certificate: 'other' }],
  ] as readonly (readonly [
    string,
    () => Promise<readonly RequestedSubject[]>,
    { later?: number; certificate?: string },
  ])[])('is worth nothing %s', async (_case, made, { later = 0, certificate }) => {
    const subjects = await made();
    world.clock.ms += later;
    const exp = world.clock.ms / 1000 + 600;
    const trigger = await world.decided('meldedaten', 'parent', { exp });
    const caller = { ...world.consumer, ...(certificate === undefined ? {} : { thumbprint: certificate }) };
    const asked = world.retrieve([{ ...melde, triggerId: trigger.id }], [], { subjects: subjects.slice(0, 1), caller });
    await expect(asked).rejects.toMatchObject({ reason: 'SUBJECT_TOKEN_INVALID' });
    expect(world.gateway.asked).toEqual([]);
  });

  it('is worth nothing once its lookup was withdrawn (design 4)', async () => {
    const subjects = (await tokens()).slice(0, 1);
    const trigger = await world.decided('meldedaten', 'parent');
    await world.withdraw(identity[0]!);
    const asked = world.retrieve([{ ...melde, triggerId: trigger.id }], [], { subjects });
    await expect(asked).rejects.toMatchObject({ reason: 'TRIGGER_WITHDRAWN' });
    expect(world.gateway.asked).toEqual([]);
  });

  it('stops a running exchange whose lookup is withdrawn: nothing is released', async () => {
    const subjects = (await tokens()).slice(0, 1);
    const trigger = await world.decided('meldedaten', 'parent');
    world.gateway.meanwhile = async () => {
      await world.withdraw(identity[0]!);
    };
    const asked = world.retrieve([{ ...melde, triggerId: trigger.id }], [], { subjects });
    await expect(asked).rejects.toMatchObject({ reason: 'TRIGGER_WITHDRAWN' });
    expect(events().slice(-2)).toEqual(['retrieval.closed', 'exchange.closed']);
  });

  it('of a child proves nothing for another adult who decides for it: one neutral refusal (design 4)', async () => {
    const [, child] = await tokens();
    const somebody = await world.decided('identity', 'parent');
    const birth = await world.decided('geburt', 'child');
    world.directory.persons.set('parent', { idnr: '02468135792', birth_date: '1990-04-05' });
    const asked = world.prefill({ triggers: [somebody, birth], subjects: [...world.keyed('parent'), child!] });
    await expect(asked).rejects.toMatchObject({ reason: 'SUBJECT_NOT_AVAILABLE', isLogged: true });
    expect(world.gateway.asked).toEqual([]);
  });
});

describe('evidence without a form', () => {
  let trigger: Trigger;
  beforeEach(async () => {
    trigger = await world.decided('meldedaten', 'parent');
  });
  const retrieve = (deviation: object = {}, ask = {}) =>
    world.retrieve([{ ...melde, triggerId: trigger.id, ...deviation }], identity.slice(0, 1), ask);

  it('is the evidence, with receipts and without fields', async () => {
    const answer = await retrieve();
    expect(answer.fields).toEqual([]);
    expect(answer.evidence.map(({ evidence }) => evidence.evidenceType)).toEqual(['meldedaten']);
    expect(answer.receipt.opening.caller).toMatchObject({ event: 'exchange.closed', outcome: 'released' });
  });

  it('has exactly the fields that were named, or none of them', async () => {
    const answer = await retrieve({ fields: ['family_name'], partial: false });
    expect(answer.evidence.map(({ evidence }) => 'attributes' in evidence && Object.keys(evidence.attributes))).toEqual(
      [['family_name']],
    );
  });

  it.each([
    [
      'a field that the rule does not permit',
      { fields: ['family_name', 'sex'], partial: false },
      'TRANSFER_NOT_PERMITTED',
    ],
    ['a field of no register', { fields: ['religion'], partial: false }, 'TRANSFER_NOT_PERMITTED'],
    ['an unknown kind of evidence', { evidenceType: 'unknown' }, 'TRANSFER_NOT_PERMITTED'],
    ['an unknown decision', { triggerId: 'unknown' }, 'TRIGGER_MISSING'],
    ['a region of no register', { where: { ars: '09' } }, 'REGISTER_NOT_FOUND'],
    ['no region', { where: {} }, 'ROUTE_PARAMETER_MISSING'],
    ['a person that is not in the request', { subjectRole: 'child' }, 'REQUEST_INVALID'],
  ])('is refused for %s before anybody is looked up: %s', async (_case, deviation, reason) => {
    const permitted = ['idnr', 'birth_date', 'family_name', 'given_names'];
    world.intermediary.deviation = { fields: permitted };
    await expect(retrieve(deviation)).rejects.toMatchObject({ reason });
    expect(world.directory.asked).toEqual([]);
    expect(world.entries()).toEqual([]);
  });

  it('is refused where one decision is to cover two retrievals (BSI TR-03176-1)', async () => {
    const need = { ...melde, triggerId: trigger.id };
    const asked = world.retrieve([need, { ...need, subjectRole: 'parent' }], identity.slice(0, 1));
    await expect(asked).rejects.toMatchObject({ reason: 'TRIGGER_USED' });
  });

  it('is refused where the decision was made about another person', async () => {
    const stranger = [{ role: 'parent', kind: 'key', key: { ...KEYS.parent!, birth_date: '1991-01-01' } }] as const;
    await expect(retrieve({}, { subjects: stranger })).rejects.toMatchObject({ reason: 'TRIGGER_NOT_COVERING' });
    expect(world.directory.asked).toEqual([]);
  });

  it('is refused early where the consumer keeps its own key', async () => {
    expect(world.consumer.participant.id).toBe('familienkasse-online');
    const caller = { ...world.consumer, participant: { ...world.consumer.participant, id: 'elterngeld-online' } };
    await expect(retrieve({}, { caller })).rejects.toMatchObject({ name: 'Fault' });
    expect(world.directory.asked).toEqual([]);
  });
});
