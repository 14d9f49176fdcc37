import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { ExecutionContext } from '@nestjs/common';
import { InForceGuard } from '../../src/governance/in-force.guard.js';
import { changed, files, Governed } from './governed.js';

/** As much of a gRPC call as the guard looks at. */
const aCall = { getType: () => 'rpc' } as unknown as ExecutionContext;
const HOUR_MS = 3_600_000;
/** A rule that is taken away: nothing else changes. */
const narrower = changed('rules.yaml', 'fields: [idnr, birth_date]', 'fields: [idnr]');

let governed: Governed;
let first: string;
beforeEach(async () => {
  governed = await Governed.begin();
  first = governed.version;
});

async function proposed(content: Parameters<Governed['propose']>[0] = { files: narrower }): Promise<string> {
  const answer = await governed.propose(content);
  if ('faults' in answer) throw new Error(JSON.stringify(answer.faults));
  return answer.version;
}

describe('a change of the catalogue (two persons: design 7)', () => {
  it('is proposed by one administrator, approved by another, then in force, each an entry with who it was', async () => {
    const next = await proposed();
    expect(next).not.toBe(first);
    expect(governed.version).toBe(first);
    await governed.decide(next);
    expect(governed.version).toBe(next);
    const entries = governed.log.entries.map(({ caller, draft }) => ({ ...caller, ...draft.entry.protected }));
    expect(entries.filter(({ event }) => event.startsWith('catalogue.'))).toEqual([
      expect.objectContaining({
        event: 'catalogue.proposed',
        consumer: 'pages',
        proposal: expect.objectContaining({
          ...{ by: 'administrator-1', version: next, previous: first, changed: ['rules.yaml'] },
          signed: expect.stringMatching(/^ey/),
        }),
        session: expect.objectContaining({ actor: 'pairwise-pseudonym-of-administrator-1' }),
      }),
      expect.objectContaining({
        event: 'catalogue.approved',
        note: 'as discussed',
        proposal: expect.objectContaining({ by: 'administrator-2', version: next }),
      }),
      expect.objectContaining({
        event: 'catalogue.activated',
        activation: expect.objectContaining({ version: next, proposal: expect.any(String) }),
      }),
    ]);
  });

  it('is not approved by who proposed it, in whichever session', async () => {
    const next = await proposed();
    const session = { actor: 'another-pseudonym-of-the-same' };
    for (const by of [{ administrator: 'administrator-1' }, { administrator: 'administrator-1', session }])
      await expect(governed.decide(next, true, by)).rejects.toMatchObject({ reason: 'SECOND_PERSON_REQUIRED' });
    expect(governed.version).toBe(first);
  });

  it('is not approved in the session of who proposed it, with whichever key', async () => {
    const next = await proposed();
    const by = { session: { actor: 'pairwise-pseudonym-of-administrator-1' } };
    await expect(governed.decide(next, true, by)).rejects.toMatchObject({ reason: 'SECOND_PERSON_REQUIRED' });
  });

  it('may be taken back by who proposed it, and never comes into force then', async () => {
    const next = await proposed();
    await governed.decide(next, false, { administrator: 'administrator-1' });
    await expect(governed.decide(next)).rejects.toMatchObject({ reason: 'NOT_FOUND' });
    expect(governed.events()).toContain('catalogue.rejected');
    expect(governed.version).toBe(first);
  });

  it.each([
    ['a citizen', { session: { role: 'citizen' as const, subject: 'token' } }, 'CALL_NOT_ALLOWED'],
    ['an officer', { session: { role: 'officer' as const } }, 'CALL_NOT_ALLOWED'],
    ['somebody at a low level of assurance', { session: { assurance: 'low' as const } }, 'ASSURANCE_TOO_LOW'],
    ['a key of another administrator', { keyOf: 'administrator-2' }, 'ACT_NOT_SIGNED'],
    ['a signature over something else', { content: 'x' }, 'ACT_NOT_SIGNED'],
  ])('is not proposed by %s', async (_, by, reason) => {
    await expect(governed.propose({ files: narrower }, by)).rejects.toMatchObject({ reason });
    expect(await governed.history.proposals(10)).toEqual([]);
  });

  it.each([
    ['another version', { named: { version: 'A'.repeat(43) } }],
    ['another proposal of this version', { named: { id: randomUUID() } }],
    ['another moment', { named: { activate_at: Date.UTC(2027, 0, 1) } }],
    ['another version to change', { named: { based_on: 2 } }],
    ['another reason', { reason: 'something else' }],
  ] as const)('is not approved by a signature over %s: pages alone change nothing', async (_, by) => {
    const next = await proposed();
    await expect(governed.decide(next, true, by)).rejects.toMatchObject({ reason: 'ACT_NOT_SIGNED' });
    expect(governed.version).toBe(first);
  });

  it('is not approved by what was signed for a proposal of the same that has lapsed', async () => {
    const next = await proposed();
    const requestId = randomUUID();
    const signature = await governed.signedDecision(next, true, { requestId });
    const other = await proposed({
      files: changed('settings.yaml', 'check_inside_areas: true', 'check_inside_areas: false'),
    });
    await governed.decide(other);
    await governed.propose({ version: first });
    await governed.decide(first);
    expect(await proposed()).toBe(next);
    const replayed = governed.decide(next, true, { requestId, signature });
    await expect(replayed).rejects.toMatchObject({ reason: 'ACT_NOT_SIGNED' });
  });

  it('comes into force at its moment, on each node, and is one entry', async () => {
    const other = governed.another();
    await other.takeOver.look();
    const next = await proposed({ files: narrower, activateAt: governed.clock.now() + HOUR_MS });
    await governed.decide(next);
    expect(governed.version).toBe(first);
    governed.clock.ms += HOUR_MS;
    await Promise.all(governed.nodes.map(({ takeOver }) => takeOver.look()));
    expect(governed.nodes.map(({ current }) => current.catalogue.version)).toEqual([next, next]);
    expect(governed.events().filter((it) => it === 'catalogue.activated')).toHaveLength(1);
  });

  it('may be cancelled until its moment, by one person, and is not approved again', async () => {
    const next = await proposed({ files: narrower, activateAt: governed.clock.now() + HOUR_MS });
    await governed.decide(next);
    await governed.decide(next, false);
    await expect(governed.decide(next)).rejects.toMatchObject({ reason: 'NOT_FOUND' });
    governed.clock.ms += HOUR_MS;
    await governed.nodes[0]?.takeOver.look();
    expect(governed.version).toBe(first);
    expect(governed.events().filter((it) => it.startsWith('catalogue.'))).toEqual([
      ...['catalogue.proposed', 'catalogue.approved', 'catalogue.rejected'],
    ]);
    expect(await proposed()).toBe(next);
  });

  it('is not cancelled once it is in force', async () => {
    const next = await proposed();
    await governed.decide(next);
    await expect(governed.decide(next, false)).rejects.toMatchObject({ reason: 'CATALOGUE_CHANGED' });
    expect(governed.version).toBe(next);
  });

  it('says which demands it takes away, since of them the strictest counts', async () => {
    const rules = files.get('rules.yaml')?.toString() ?? '';
    const start = rules.indexOf('  - id: kindergeld-geburt\n');
    const rule = rules.slice(start, rules.indexOf('\n\n', start));
    const stricter = rule
      .replace('id: kindergeld-geburt', 'id: stricter')
      .replace('min_assurance: substantial', 'min_assurance: high');
    const added = await proposed({ files: { 'rules.yaml': `${rules}\n${stricter}\n` } });
    await governed.decide(added);
    expect(await governed.propose({ version: first })).toMatchObject({
      loosened: [{ rule: 'stricter', remaining: 'kindergeld-geburt', demands: ['min_assurance'] }],
    });
  });

  it('goes back to an earlier version, by two persons as well', async () => {
    const next = await proposed();
    await governed.decide(next);
    const back = await governed.propose({ version: first }, { administrator: 'administrator-2' });
    expect(back).toMatchObject({ version: first });
    await governed.decide(first, true, { administrator: 'administrator-1' });
    expect(governed.version).toBe(first);
    expect((await governed.history.activations(9)).map(({ version }) => version)).toEqual([first, next, first]);
  });

  it('lapses where another came into force since it was proposed: it would take that back', async () => {
    const [one, other] = [
      await proposed({ files: narrower, activateAt: governed.clock.now() + HOUR_MS }),
      await proposed({ files: changed('settings.yaml', 'check_inside_areas: true', 'check_inside_areas: false') }),
    ];
    await governed.decide(one);
    await governed.decide(other);
    expect(governed.version).toBe(other);
    governed.clock.ms += HOUR_MS;
    await governed.nodes[0]?.takeOver.look();
    expect(governed.version).toBe(other);
  });

  it('is refused an approval then', async () => {
    const [one, other] = [
      await proposed(),
      await proposed({ files: changed('settings.yaml', 'check_inside_areas: true', 'check_inside_areas: false') }),
    ];
    await governed.decide(one);
    await expect(governed.decide(other)).rejects.toMatchObject({ reason: 'CATALOGUE_CHANGED' });
  });

  it('is the same when it is sent again, and another under the same id is refused', async () => {
    const requestId = randomUUID();
    const once = await governed.propose({ files: narrower }, { requestId });
    expect(once).toMatchObject({ receipt: expect.anything() });
    expect(await governed.propose({ files: narrower }, { requestId })).toEqual({ ...once, receipt: undefined });
    const another = { files: changed('settings.yaml', 'check_inside_areas: true', 'check_inside_areas: false') };
    await expect(governed.propose(another, { requestId })).rejects.toMatchObject({ reason: 'REQUEST_ID_REUSED' });
    expect(await governed.history.proposals(10)).toHaveLength(1);
  });

  it('is nothing without its entry', async () => {
    governed.log.failing = true;
    await expect(governed.propose({ files: narrower })).rejects.toMatchObject({ reason: 'AUDIT_LOG_UNAVAILABLE' });
    governed.log.failing = false;
    const next = await proposed();
    governed.log.failing = true;
    await expect(governed.decide(next)).rejects.toMatchObject({ reason: 'AUDIT_LOG_UNAVAILABLE' });
    expect(governed.version).toBe(first);
  });
});

describe('a proposal with faults', () => {
  it('is answered with every one of them, with file and line, and changes nothing', async () => {
    const answer = await governed.propose({
      files: {
        ...changed('rules.yaml', 'consumer: familienkasse-online', 'consumer: nobody-online'),
        ...changed('participants.yaml', 'area: arbeit-soziales', 'area: soziales'),
        'settings.yaml': 'check_inside_areas: maybe\n',
      },
    });
    expect(answer).toEqual({
      faults: expect.arrayContaining([
        { file: 'rules.yaml', line: expect.any(Number), message: 'consumer "nobody-online" does not exist' },
        { file: 'participants.yaml', line: expect.any(Number), message: 'area "soziales" does not exist' },
        { file: 'settings.yaml', line: 1, message: '/check_inside_areas must be boolean' },
      ]),
    });
    expect(governed.version).toBe(first);
    expect(governed.events()).not.toContain('catalogue.proposed');
    expect(await governed.history.proposals(10)).toEqual([]);
  });

  it.each([
    ['endpoints.yaml', 'endpoints: []\n', 'is no file that can be changed'],
    ['../rules.yaml', 'rules: []\n', 'is no file that can be changed'],
    ['administrators.yaml', 'administrators: []\n', 'has fewer than two administrators: nobody could change it again'],
  ])('such as %s is refused', async (name, text, message) => {
    expect(await governed.propose({ files: { [name]: text } })).toEqual({
      faults: expect.arrayContaining([expect.objectContaining({ file: name, message })]),
    });
  });

  it('such as one that takes the node its own keys is refused: it could not take it back', async () => {
    const answer = await governed.propose({ files: changed('keys.yaml', 'kid: node-trigger', 'kid: node-trigger-2') });
    expect(answer).toEqual({
      faults: [{ file: 'keys.yaml', line: 0, message: 'does not name key "node-trigger" that "node" works with' }],
    });
  });

  it('such as the version in force is refused', async () => {
    const same = { 'rules.yaml': `${files.get('rules.yaml')}# nothing else\n` };
    await expect(governed.propose({ files: same })).rejects.toMatchObject({ reason: 'REQUEST_INVALID' });
  });
});

describe('a node', () => {
  const activations = () =>
    governed.log.entries.flatMap(({ draft }) => draft.entry.protected.activation?.version ?? []);

  it('that starts while another version comes into force writes that one down, and takes no key back', async () => {
    const starting = governed.starting();
    const next = await proposed({
      files: changed('keys.yaml', 'kid: familienkasse-online-attestation', 'kid: renamed'),
    });
    await governed.decide(next);
    const before = governed.log.entries.length;
    await starting.activate();
    expect(starting.current.catalogue.version).toBe(next);
    expect(activations()).toEqual([next, next]);
    expect(governed.events().slice(before)).toEqual(['catalogue.activated']);
  });

  it('that is late writes down no version that another one has followed', async () => {
    const { current, takeOver } = governed.another();
    await takeOver.look();
    const next = await proposed();
    await governed.decide(next);
    const { history } = governed;
    const filesOf = history.filesOf.bind(history);
    history.filesOf = async (version) => {
      history.filesOf = filesOf;
      await governed.propose({ version: first });
      await governed.decide(first);
      return filesOf(version);
    };
    await takeOver.look();
    expect(activations()).toEqual([next, first]);
    await takeOver.look();
    expect(current.catalogue.version).toBe(first);
    expect(activations()).toEqual([next, first]);
  });

  it('that cannot take over the version in force goes on by no older one for long', async () => {
    const next = await proposed();
    governed.log.failing = true;
    await governed.history.exclusively(async (open) => {
      const [proposal] = await open.proposals();
      await open.decide(proposal!.id, { approved: true, decidedBy: 'administrator-2', reason: 'elsewhere' });
      await open.activate(next, proposal!.id);
    });
    const { takeOver, current } = governed.nodes[0]!;
    await takeOver.look();
    expect(current.catalogue.version).toBe(first);
    expect(takeOver.isConfirmed).toBe(true);
    governed.clock.ms += 46_000;
    await takeOver.look();
    expect(takeOver.isConfirmed).toBe(false);
    expect(() => new InForceGuard(takeOver).canActivate(aCall)).toThrow(
      expect.objectContaining({ reason: 'CATALOGUE_UNAVAILABLE' }),
    );
    // Whoever sets its clock back gives it no more time.
    governed.setBack(HOUR_MS);
    expect(takeOver.isConfirmed).toBe(false);
    governed.log.failing = false;
    await takeOver.look();
    expect(takeOver.isConfirmed).toBe(true);
    expect(new InForceGuard(takeOver).canActivate(aCall)).toBe(true);
    expect(current.catalogue.version).toBe(next);
  });

  it('takes other addresses over without another version, and those of a participant once a version names it', async () => {
    const { takeOver, current } = governed.nodes[0]!;
    const at = (participant: string) => ({ participant, address: `${participant}:1`, server_name: participant });
    governed.endpoints = [at('zfzr'), at('neues-register')];
    await takeOver.look();
    expect(current.catalogue.version).toBe(first);
    expect(current.lookup.endpoint('zfzr')?.address).toBe('zfzr:1');
    expect(current.lookup.endpoint('neues-register')).toBeUndefined();
    const participants = files.get('participants.yaml')?.toString() ?? '';
    const added = '\n  - id: neues-register\n    title: { de: Neu }\n    kind: register\n    area: inneres\n';
    const version = await proposed({ files: { 'participants.yaml': `${participants.trimEnd()}${added}` } });
    await governed.decide(version);
    expect(current.catalogue.version).toBe(version);
    expect(current.lookup.endpoint('neues-register')?.address).toBe('neues-register:1');
  });

  it('writes down another private key of its own before it works with it', async () => {
    const { takeOver } = governed.nodes[0]!;
    governed.log.failing = true;
    await expect(takeOver.useKey('trigger', 'node-trigger-2')).rejects.toThrow();
    governed.log.failing = false;
    await takeOver.useKey('trigger', 'node-trigger-2');
    const before = governed.events().length;
    await takeOver.useKey('trigger', 'node-trigger-3');
    expect(governed.events().slice(before)).toEqual(['catalogue.activated', 'key.removed', 'key.added']);
  });
});
