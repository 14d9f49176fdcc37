import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { CommandBus } from '@nestjs/cqrs';
import { NodeIdentity } from '../../src/access/node-identity.js';
import { SessionDesk } from '../../src/access/session-desk.js';
import { AuditLog } from '../../src/audit/audit-log.js';
import type { NewEntry } from '../../src/audit/log-store.js';
import { type AttestedDecision, type GrantTriggers, GrantTriggersHandler } from '../../src/consent/grant-triggers.js';
import { AnswerDecision, AnswerDecisionHandler } from '../../src/decisions/answer-decision.js';
import { DeciderDesk } from '../../src/decisions/decider-desk.js';
import { linkDigest } from '../../src/decisions/decision-links.js';
import { PostgresDecisionStore } from '../../src/decisions/decision-store.postgres.js';
import { type ResolvedPerson, sealSubject } from '../../src/identity/subject-token.js';
import type { Caller } from '../../src/platform/caller.js';
import { Seal } from '../../src/platform/secrets.js';
import { attest, type Decision } from '../../src/tokens/attestation.js';
import { signSession } from '../../src/tokens/session-token.js';
import { MemorySessionStore } from '../access/memory-session-store.js';
import { FixedClock, logSigner, MemoryKeyVault } from '../audit/log-keys.js';
import { MemoryLogStore } from '../audit/memory-log-store.js';
import { MemoryTriggerStore } from '../consent/memory-trigger-store.js';
import { aFederation } from '../register-edge/federation.js';
import { aDecision, CONSUMER, NOW, SALT } from '../support/builders.js';
import { createNodeDatabase, type NodeDatabase } from '../support/node-database.js';
import { aSession } from '../support/sessions.js';

const ISSUER = 'https://node.example';
const RETURN = 'https://kindergeld.example/zurueck';
const CITIZEN = 'pairwise-pseudonym-of-a-citizen';
const ADDRESS = { family_name: 'Nirgendwerth', town: 'Bremen', postcode: '28195', birth_date: '1980-01-01' };
const IDNR = '02468135792';
const CHILD = { family_name: 'Nirgendwerth', given_names: 'Nemo', birth_date: '2026-01-01' };

/** Ends a call badly: before the entry is written, or after it. */
class BreakingLog extends MemoryLogStore {
  breaks: 'before' | 'after' | 'never' = 'never';
  override async append(entries: readonly NewEntry[]) {
    const breaks = this.breaks;
    this.breaks = 'never';
    if (breaks === 'before') throw new Error('the process has ended');
    const receipts = await super.append(entries);
    if (breaks === 'after') throw new Error('the process has ended');
    return receipts;
  }
}

const federation = await aFederation();
const pages: Caller = { participant: federation.current.lookup.participant('pages')!, thumbprint: 'x5t of the pages' };
const seal = new Seal(randomBytes(32));
const clock = new FixedClock(NOW);
const accessKey = federation.key('node', 'access-token');
const node = new NodeIdentity('node', ISSUER, federation.nodeCertificate, accessKey, accessKey);
let database: NodeDatabase;
let log: BreakingLog;
let handler: AnswerDecisionHandler;
let secret: string;
beforeAll(async () => {
  database = await createNodeDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  log = new BreakingLog(logSigner, new MemoryKeyVault(), clock);
  const audit = new AuditLog(log);
  const requests = new PostgresDecisionStore(database.pool, seal);
  const sessions = new SessionDesk(node, federation.current, new MemorySessionStore(), audit, clock);
  const desk = new DeciderDesk(sessions, requests, federation.current, seal, clock);
  const grants = new GrantTriggersHandler(node, federation.current, new MemoryTriggerStore(log), audit, clock);
  const commands = { execute: (command: GrantTriggers) => grants.execute(command) } as unknown as CommandBus;
  handler = new AnswerDecisionHandler(desk, requests, federation.current, node, commands, clock);
  secret = randomBytes(32).toString('base64url');
  const request = {
    ...{ id: randomUUID(), consumer: CONSUMER, service: 'kindergeld', returnUrl: RETURN },
    persons: [
      { role: 'parent', key: { set: 'address', ...ADDRESS } as const },
      { role: 'child', key: { set: 'name', ...CHILD } as const },
    ],
    expiresAt: Date.now() + 60_000,
  };
  await requests.put(request, linkDigest(secret), randomUUID());
});

async function decided(deviation: Partial<Decision> = {}): Promise<AttestedDecision> {
  const purpose_hash = federation.current.lookup.purpose('kindergeld-antrag')?.hash ?? '';
  const { token } = await attest(aDecision({ purpose_hash, assurance: 'high', ...deviation }), {
    ...{ attester: 'pages', node: 'node', key: federation.key('pages', 'attestation'), nowMs: NOW, lifetimeS: 600 },
    jti: randomUUID(),
  });
  return { attestation: token, commitmentSalt: SALT, fileReference: undefined, actingOfficial: undefined };
}

const LOOKED_UP = {
  ...{ role: 'person', idnr: IDNR, birth_date: ADDRESS.birth_date, representative: null },
  opening: { birth_date: ADDRESS.birth_date, family_name: ADDRESS.family_name, idnr: null },
  lookup: { trigger: 'trigger-of-the-lookup', by: 'the-lookup' },
  decided: { purpose: 'entscheidung', legal_basis: 'ozg-10', acting: 'SELF', attester: 'pages', decider: CITIZEN },
} as const satisfies ResolvedPerson;
const CONFIRMED: ResolvedPerson = {
  ...LOOKED_UP,
  ...{ role: 'represented', idnr: '01357924683', representative: IDNR },
  opening: { birth_date: CHILD.birth_date, family_name: CHILD.family_name, idnr: null },
  decided: { ...LOOKED_UP.decided, acting: 'REPRESENTATIVE', representation: 'guardianship' },
};
const tokenOf = (person: ResolvedPerson) =>
  sealSubject(seal, person, { consumer: 'pages', certificate: pages.thumbprint, nowMs: NOW }).token;

async function answer(decisions: readonly AttestedDecision[], represented: ReadonlyMap<string, string> = new Map()) {
  const subject = tokenOf(LOOKED_UP);
  const by = { pages: 'pages', issuer: ISSUER, key: federation.key('pages', 'session'), nowMs: NOW };
  const sessionToken = await signSession(aSession({ role: 'citizen', actor: CITIZEN, subject }), by);
  const before = { caller: pages, sessionToken, attested: ADDRESS };
  return handler.execute(new AnswerDecision(secret, before, decisions, represented));
}
const granted = () => log.entries.filter(({ caller }) => caller.event === 'trigger.granted').length;

describe('the answer to a link (EGovG § 5 Abs. 1)', () => {
  it('is taken once, and a repeat of the very same hears the same', async () => {
    const own = [await decided(), await decided()];
    expect(await answer(own)).toEqual({ returnUrl: RETURN });
    expect(await answer(own)).toEqual({ returnUrl: RETURN });
    expect(granted()).toBe(2);
    await expect(answer([await decided()])).rejects.toMatchObject({ reason: 'NOT_FOUND' });
  });

  it.each(['before', 'after'] as const)(
    'that ended badly %s the entry was written is completed by the very same, and by no other',
    async (moment) => {
      const own = [await decided()];
      log.breaks = moment;
      await expect(answer(own)).rejects.toThrow();
      await expect(answer([await decided()])).rejects.toMatchObject({ reason: 'NOT_FOUND' });
      expect(await answer(own)).toEqual({ returnUrl: RETURN });
      expect(granted()).toBe(1);
    },
  );

  it('that is refused leaves the link open: nothing of it was written', async () => {
    await expect(answer([await decided({ fields: ['unheard_of'] })])).rejects.toMatchObject({
      reason: 'TRIGGER_NOT_COVERING',
    });
    expect(await answer([await decided()])).toEqual({ returnUrl: RETURN });
    expect(granted()).toBe(1);
  });
});

describe('an answer for somebody else (design 4)', () => {
  const forChild = () =>
    decided({
      ...{ acting: 'REPRESENTATIVE', representation: 'guardianship', decider_role: 'parent' },
      subject: { role: 'child', commitment: 'c'.repeat(43) },
    });

  it('is taken where the directory has confirmed for this decision that the person represents them', async () => {
    const represented = new Map([['child', tokenOf(CONFIRMED)]]);
    expect(await answer([await forChild()], represented)).toEqual({ returnUrl: RETURN });
    expect(granted()).toBe(1);
  });

  const { decided: confirmed, opening } = CONFIRMED;
  it.each<readonly [string, ResolvedPerson | undefined]>([
    ['nobody has asked it', undefined],
    ['it was asked about somebody else', { ...CONFIRMED, opening: { ...opening, birth_date: '2025-01-01' } }],
    ['it has confirmed somebody else', { ...CONFIRMED, representative: '01357924683' }],
    ['it has confirmed something else', { ...CONFIRMED, decided: { ...confirmed, representation: 'custody' } }],
    ['it has confirmed it in another session', { ...CONFIRMED, decided: { ...confirmed, decider: 'another' } }],
    ['it has confirmed it for another purpose', { ...CONFIRMED, decided: { ...confirmed, purpose: 'datenauskunft' } }],
    ['the person was looked up for themself', { ...CONFIRMED, decided: LOOKED_UP.decided }],
  ])('is refused neutrally where %s, and nothing is stored', async (_title, person) => {
    const represented = new Map(person ? [['child', tokenOf(person)]] : []);
    await expect(answer([await forChild()], represented)).rejects.toMatchObject({ reason: 'SUBJECT_NOT_AVAILABLE' });
    expect(granted()).toBe(0);
  });

  it('is refused where the service takes no decision by virtue of it', async () => {
    const by = { ...confirmed, representation: 'power-of-attorney' } as const;
    const said = await decided({
      ...{ acting: 'REPRESENTATIVE', representation: 'power-of-attorney', decider_role: 'parent' },
      subject: { role: 'child', commitment: 'c'.repeat(43) },
    });
    const represented = new Map([['child', tokenOf({ ...CONFIRMED, decided: by })]]);
    await expect(answer([said], represented)).rejects.toMatchObject({ reason: 'TRIGGER_NOT_COVERING' });
  });
});
