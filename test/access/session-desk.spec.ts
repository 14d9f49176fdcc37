import { beforeEach, describe, expect, it } from '@jest/globals';
import { NodeIdentity } from '../../src/access/node-identity.js';
import { SessionDesk } from '../../src/access/session-desk.js';
import { AuditLog } from '../../src/audit/audit-log.js';
import type { Caller } from '../../src/platform/caller.js';
import { type Session, signSession } from '../../src/tokens/session-token.js';
import { FixedClock, logSigner, MemoryKeyVault } from '../audit/log-keys.js';
import { MemoryLogStore } from '../audit/memory-log-store.js';
import { aFederation } from '../register-edge/federation.js';
import { CONSUMER, NOW } from '../support/builders.js';
import { aSession } from '../support/sessions.js';
import { MemorySessionStore } from './memory-session-store.js';

const federation = await aFederation();
const ISSUER = 'https://node.example';
const key = federation.key('node', 'access-token');
const identity = new NodeIdentity('node', ISSUER, federation.nodeCertificate, key, key);
const callerOf = (id: string): Caller => ({ participant: federation.current.lookup.participant(id)!, thumbprint: 'x' });
const pages = callerOf('pages');

let clock: FixedClock;
let log: MemoryLogStore;
let desk: SessionDesk;
beforeEach(() => {
  clock = new FixedClock(NOW);
  log = new MemoryLogStore(logSigner, new MemoryKeyVault(), clock);
  desk = new SessionDesk(identity, federation.current, new MemorySessionStore(), new AuditLog(log), clock);
});

const signed = (session: Session, change: object = {}) =>
  signSession(session, {
    pages: 'pages',
    issuer: ISSUER,
    key: federation.key('pages', 'session'),
    nowMs: NOW,
    ...change,
  });
const entries = () => log.entries.map(({ caller, draft }) => ({ ...caller, ...draft.entry.protected }));

describe('the desk for sessions', () => {
  it.each(['officer', 'auditor', 'administrator'] as const)(
    'writes an entry when the session of an %s is seen for the first time, whichever of its tokens',
    async (role) => {
      const session = aSession({ role });
      expect(await desk.accept(pages, await signed(session))).toEqual(session);
      await desk.accept(pages, await signed(session));
      const { id, assurance, actor } = session;
      expect(entries()).toEqual([
        expect.objectContaining({
          event: 'session.opened',
          consumer: 'pages',
          session: { id, role, assurance, actor },
        }),
      ]);
      expect(log.entries[0]?.draft.entry.persons).toEqual([
        { person: { kind: 'pseudonym', issuer: 'pages', value: actor }, as: 'decider' },
      ]);
      await desk.accept(pages, await signed(aSession({ role })));
      expect(entries()).toHaveLength(2);
    },
  );

  it('writes one entry where the first tokens of a session arrive together', async () => {
    const session = aSession();
    await Promise.all(Array.from({ length: 5 }, async () => desk.accept(pages, await signed(session))));
    expect(entries()).toHaveLength(1);
  });

  it('writes another one when somebody goes on in another role', async () => {
    const session = aSession();
    await desk.accept(pages, await signed(session));
    await desk.accept(pages, await signed({ ...session, role: 'administrator' }));
    expect(entries()).toHaveLength(2);
  });

  it('writes none for a citizen: what they look at is an entry', async () => {
    await desk.accept(pages, await signed(aSession({ role: 'citizen', subject: 'sealed' })));
    expect(entries()).toEqual([]);
  });

  it('accepts nobody whose session cannot be logged, and forgets that it tried (FZV § 68: no log, no data)', async () => {
    const token = await signed(aSession());
    log.failing = true;
    await expect(desk.accept(pages, token)).rejects.toMatchObject({ reason: 'AUDIT_LOG_UNAVAILABLE' });
    log.failing = false;
    await desk.accept(pages, token);
    expect(entries()).toHaveLength(1);
  });

  it('takes sessions from pages alone', async () => {
    for (const id of [CONSUMER, 'melderegister-bremen', 'node'])
      await expect(desk.accept(callerOf(id), await signed(aSession()))).rejects.toMatchObject({
        reason: 'CALL_NOT_ALLOWED',
      });
    expect(entries()).toEqual([]);
  });

  it.each([
    ['signed with another key of the pages', () => signed(aSession(), { key: federation.key('pages', 'attestation') })],
    ['of other pages', () => signed(aSession(), { pages: CONSUMER })],
    ['for another node', () => signed(aSession(), { issuer: 'https://elsewhere.example' })],
    ['that is none', async () => 'not.a.token'],
  ])('refuses a token %s, and writes no session', async (_title, make) => {
    await expect(desk.accept(pages, await make())).rejects.toMatchObject({ reason: 'SESSION_INVALID' });
    expect(entries()).toEqual([]);
  });

  it('says when a session is over, so that the person can sign in again', async () => {
    const token = await signed(aSession());
    clock.ms += 600_000;
    await expect(desk.accept(pages, token)).rejects.toMatchObject({ reason: 'SESSION_EXPIRED' });
    expect(entries()).toEqual([]);
  });
});
