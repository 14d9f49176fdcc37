import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { NodeIdentity } from '../../src/access/node-identity.js';
import { SessionDesk } from '../../src/access/session-desk.js';
import { AuditLog } from '../../src/audit/audit-log.js';
import { PostgresLogReader } from '../../src/audit/log-reader.postgres.js';
import { CitizenDesk } from '../../src/citizen/citizen-desk.js';
import { sealSubject } from '../../src/identity/subject-token.js';
import type { Caller } from '../../src/platform/caller.js';
import { Seal } from '../../src/platform/secrets.js';
import { signSession } from '../../src/tokens/session-token.js';
import { ToldEntries } from '../../src/transparency/told-entries.js';
import { MemorySessionStore } from '../access/memory-session-store.js';
import { FixedClock, logSigner, MemoryKeyVault } from '../audit/log-keys.js';
import { MemoryLogStore } from '../audit/memory-log-store.js';
import { aFederation } from '../register-edge/federation.js';
import { NOW } from '../support/builders.js';
import { aSession } from '../support/sessions.js';
import { SilentLog } from '../support/silent-log.js';

const ISSUER = 'https://node.example';
const CITIZEN = 'pairwise-pseudonym-of-a-citizen';

const federation = await aFederation();
const pages: Caller = { participant: federation.current.lookup.participant('pages')!, thumbprint: 'x5t of the pages' };
const clock = new FixedClock(NOW);
const seal = new Seal(randomBytes(32));
const vault = new MemoryKeyVault();
const accessKey = federation.key('node', 'access-token');
const node = new NodeIdentity('node', ISSUER, federation.nodeCertificate, accessKey, accessKey);
const audit = new AuditLog(new MemoryLogStore(logSigner, vault, clock));
const sessions = new SessionDesk(node, federation.current, new MemorySessionStore(), audit, clock);
const desk = new CitizenDesk(
  sessions,
  new ToldEntries(new PostgresLogReader(new pg.Pool()), vault, clock, new SilentLog()),
  vault,
  seal,
  clock,
);

async function accept(purpose: string) {
  const decided = { purpose, legal_basis: 'ozg-10', acting: 'SELF', attester: 'pages', decider: CITIZEN } as const;
  const birth_date = '1992-08-12';
  const { token: subject } = sealSubject(
    seal,
    {
      ...{ role: 'person', idnr: '02468135792', birth_date, decided, representative: null },
      opening: { birth_date, family_name: 'Musterfrau', idnr: null },
      lookup: { trigger: 'trigger-of-the-lookup', by: 'the-lookup' },
    },
    { consumer: 'pages', certificate: pages.thumbprint, nowMs: NOW },
  );
  const session = aSession({ role: 'citizen', actor: CITIZEN, subject });
  const by = { pages: 'pages', issuer: ISSUER, key: federation.key('pages', 'session'), nowMs: NOW };
  return desk.accept(pages, await signSession(session, by));
}

describe('whoever asks about themself (OZG § 10)', () => {
  it('was looked up for that', async () => {
    await expect(accept('datenauskunft')).resolves.toMatchObject({ pages: 'pages' });
  });

  it('is shown nothing by a lookup for another purpose (GDPR Art. 5 (1) b)', async () => {
    await expect(accept('entscheidung')).rejects.toMatchObject({ reason: 'SUBJECT_TOKEN_INVALID' });
  });
});
