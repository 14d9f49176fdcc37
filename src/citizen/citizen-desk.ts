import { SessionDesk } from '../access/session-desk.js';
import type { RecordAbout } from '../audit/log-reader.js';
import type { PersonRef } from '../audit/record.js';
import { openSubject, type ResolvedPerson } from '../identity/subject-token.js';
import type { Caller } from '../platform/caller.js';
import { Clock } from '../platform/clock.js';
import { refusal } from '../platform/fault.js';
import { Seal } from '../platform/secrets.js';
import type { Session } from '../tokens/session-token.js';
import { subjectKeys } from '../transparency/subject-keys.js';
import { ToldEntries } from '../transparency/told-entries.js';
import { KeyVault } from '../vault/key-vault.js';

/** For what pages look up whoever asks about themself; what was looked up for anything else shows nothing (GDPR Art. 5 (1) b). */
const PURPOSE = 'datenauskunft';

/** Somebody who is signed in at the pages at the level high, and whom the directory found for themself. */
export type Citizen = Readonly<{
  session: Session;
  /** Participant. */
  pages: string;
  person: ResolvedPerson;
  /** By number, and by the pseudonym under which they decide at these pages. */
  refs: readonly [PersonRef, PersonRef];
}>;

/** Whom entries may name, and in which ways. */
type Named = Readonly<{ refs: readonly PersonRef[] }>;

/** Whose session it is, and what in the log is theirs: nothing that a request says leads to somebody else. */
export class CitizenDesk {
  constructor(
    private readonly sessions: SessionDesk,
    private readonly told: ToldEntries,
    private readonly vault: KeyVault,
    private readonly seal: Seal,
    private readonly clock: Clock,
  ) {}

  /** @throws Fault CALL_NOT_ALLOWED, SESSION_*, ASSURANCE_TOO_LOW, SUBJECT_TOKEN_INVALID */
  async accept(caller: Caller, sessionToken: string): Promise<Citizen> {
    const session = await this.sessions.accept(caller, sessionToken);
    if (session.role !== 'citizen') throw refusal('CALL_NOT_ALLOWED');
    if (session.assurance !== 'high') throw refusal('ASSURANCE_TOO_LOW');
    const pages = caller.participant.id;
    const bound = { consumer: pages, certificate: caller.thumbprint, nowMs: this.clock.now() };
    const person = openSubject(this.seal, session.subject ?? '', bound);
    if (person === undefined || !isThemself(session, pages, person)) throw refusal('SUBJECT_TOKEN_INVALID');
    return {
      session,
      pages,
      person,
      refs: [
        { kind: 'idnr', idnr: person.idnr },
        { kind: 'pseudonym', issuer: pages, value: session.actor },
      ],
    };
  }

  /** Entries that name the person and that they are told of by now, newest first, before an index. */
  async entries({ refs }: Named, before: number, limit: number): Promise<RecordAbout[]> {
    return this.told.toPerson(await subjectKeys(this.vault, refs), before, limit);
  }

  /** One entry that names the person and that they are told of by now. @throws Fault NOT_FOUND, also for what is somebody else's, is erased or was never there */
  async entry(citizen: Named, index: number): Promise<RecordAbout> {
    const [found] = await this.entries(citizen, index + 1, 1);
    if (found?.record.index !== index) throw refusal('NOT_FOUND');
    return found;
  }
}

function isThemself({ actor }: Session, pages: string, { decided, representative }: ResolvedPerson): boolean {
  const { attester, decider, acting, purpose } = decided;
  const isOwn = attester === pages && decider === actor && acting === 'SELF' && representative === null;
  return isOwn && purpose === PURPOSE;
}
