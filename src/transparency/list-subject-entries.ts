import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { SessionDesk } from '../access/session-desk.js';
import { AuditLog, type EventFacts } from '../audit/audit-log.js';
import { EffectRefused } from '../audit/effect.js';
import { LogReader } from '../audit/log-reader.js';
import type { AuditReceipt } from '../audit/log-store.js';
import { type PersonRef, toldLater } from '../audit/record.js';
import { openSubject, type ResolvedPerson } from '../identity/subject-token.js';
import type { Caller } from '../platform/caller.js';
import { Clock } from '../platform/clock.js';
import { Decoder } from '../platform/decode.js';
import { refusal } from '../platform/fault.js';
import { Seal } from '../platform/secrets.js';
import { canonicalDigest } from '../tokens/digest.js';
import type { Session } from '../tokens/session-token.js';
import { KeyVault } from '../vault/key-vault.js';
import { decodePosition, sealPosition } from './page-position.js';
import { subjectKeys } from './subject-keys.js';
import { type EntryAbout, ToldEntries } from './told-entries.js';

const MIN_REASON = 10;

/** What an officer says about a search; empty for a person who looks for themself. */
export type SearchGrounds = Readonly<{ subjectToken: string; reason: string; fileReference: string }>;

type Search = Readonly<{ session: Session; pages: string; person: ResolvedPerson; grounds: SearchGrounds }>;

export type SubjectPage = Readonly<{
  found: readonly EntryAbout[];
  /** Milliseconds since 1970; absent for an empty log. */
  reachesBackTo: number | undefined;
  nextPageToken: string;
}>;

/**
 * Entries about one person, newest first, one page: for the person themself (GDPR Art. 15) or for an officer. The log is for
 * nothing but that (IDNrG § 9): each page is an entry before anything is seen.
 */
export class ListSubjectEntries extends Command<SubjectPage> {
  constructor(
    readonly caller: Caller,
    readonly sessionToken: string,
    readonly grounds: SearchGrounds,
    readonly limit: number,
    readonly pageToken: string,
  ) {
    super();
  }
}

@CommandHandler(ListSubjectEntries)
export class ListSubjectEntriesHandler implements ICommandHandler<ListSubjectEntries> {
  constructor(
    private readonly desk: SessionDesk,
    private readonly reader: LogReader,
    private readonly entries: ToldEntries,
    private readonly vault: KeyVault,
    private readonly audit: AuditLog,
    private readonly seal: Seal,
    private readonly clock: Clock,
  ) {}

  /** @throws Fault CALL_NOT_ALLOWED, SESSION_*, ASSURANCE_TOO_LOW, SUBJECT_TOKEN_INVALID, TRIGGER_WITHDRAWN */
  async execute({ caller, sessionToken, grounds, limit, pageToken }: ListSubjectEntries): Promise<SubjectPage> {
    const session = await this.desk.accept(caller, sessionToken);
    demandRole(session);
    demandGrounds(session, grounds);
    const search: Search = {
      session,
      pages: caller.participant.id,
      person: this.open(caller, session, grounds),
      grounds,
    };
    const decoder = new Decoder();
    const before = decoder.done(decodePosition(decoder, this.seal, listOf(search), pageToken));
    const { index } = await this.logged(search);
    const keys = await subjectKeys(this.vault, refsOf(search));
    const from = before ?? index;
    const found =
      session.role === 'citizen'
        ? await this.entries.toPerson(keys, from, limit + 1)
        : await this.entries.toOfficer(keys, from, limit + 1);
    const page = found.slice(0, limit);
    const next = found.length > limit ? page.at(-1)?.record.index : undefined;
    return {
      found: page,
      reachesBackTo: await this.reader.reachesBackTo(),
      nextPageToken: sealPosition(this.seal, listOf(search), next),
    };
  }

  /** One refusal, whatever is wrong with the token: it says nothing about whether there is such a person. */
  private open(caller: Caller, session: Session, { subjectToken }: SearchGrounds): ResolvedPerson {
    const pages = caller.participant.id;
    const bound = { consumer: pages, certificate: caller.thumbprint, nowMs: this.clock.now() };
    const person = openSubject(this.seal, session.subject ?? subjectToken, bound);
    if (person === undefined || !isFoundBy(session, pages, person)) throw refusal('SUBJECT_TOKEN_INVALID');
    return person;
  }

  private async logged({ session, pages, person, grounds }: Search): Promise<AuditReceipt> {
    const { id, role, assurance, actor } = session;
    const { purpose, legal_basis, delayed_notice } = person.decided;
    const facts: EventFacts = {
      caller: { consumer: pages, purpose, legal_basis },
      protected: {
        session: { id, role, assurance, actor },
        subjects: [{ role: person.role, person: byNumber(person) }],
        ...toldLater({ delayed_notice }),
        ...(grounds.reason === '' ? {} : { note: grounds.reason }),
        ...(grounds.fileReference === '' ? {} : { file_reference: grounds.fileReference }),
      },
      // Whom the search is about finds it later, and so does whoever asks what this officer looked at.
      persons: [
        { person: byNumber(person), as: 'subject' },
        { person: byPseudonym(pages, session), as: 'decider' },
      ],
    };
    try {
      return await this.audit.subjectListed(facts, person.lookup);
    } catch (error) {
      if (!(error instanceof EffectRefused)) throw error;
      throw refusal(error.reason === 'WITHDRAWN' ? 'TRIGGER_WITHDRAWN' : 'SUBJECT_TOKEN_INVALID');
    }
  }
}

/** A citizen looks for themself, at the level of OZG § 10; an officer searches; an auditor sees no persons. */
function demandRole({ role, assurance }: Session): void {
  if (role !== 'citizen' && role !== 'officer') throw refusal('CALL_NOT_ALLOWED');
  if (role === 'citizen' && assurance !== 'high') throw refusal('ASSURANCE_TOO_LOW');
}

function demandGrounds({ role }: Session, { subjectToken, reason, fileReference }: SearchGrounds): void {
  const decoder = new Decoder();
  if (role === 'citizen') {
    if (subjectToken !== '') decoder.refuse('subject_token', 'is for officers: a citizen is found by the session');
    if (reason !== '') decoder.refuse('reason', 'is for officers: nobody has to say why they look for themself');
    if (fileReference !== '') decoder.refuse('file_reference', 'is for officers');
  } else {
    if (subjectToken === '') decoder.refuse('subject_token', 'is required');
    if (reason.trim().length < MIN_REASON) decoder.refuse('reason', `must have ${MIN_REASON} characters at least`);
    if (fileReference.trim() === '') decoder.refuse('file_reference', 'is required');
  }
  decoder.done(undefined);
}

/** Whoever acts in the session found the person: themself as a citizen, by virtue of their office as an officer. */
function isFoundBy({ role, actor }: Session, pages: string, { decided, representative }: ResolvedPerson): boolean {
  const acting = role === 'citizen' ? 'SELF' : 'AUTHORITY';
  return (
    decided.attester === pages && decided.decider === actor && decided.acting === acting && representative === null
  );
}

/** The person by number; who looks for themself also by the pseudonym under which they decided at these pages. */
function refsOf({ session, pages, person }: Search): readonly PersonRef[] {
  return session.role === 'citizen' ? [byNumber(person), byPseudonym(pages, session)] : [byNumber(person)];
}

function byNumber({ idnr }: ResolvedPerson): PersonRef {
  return { kind: 'idnr', idnr };
}

function byPseudonym(pages: string, { actor }: Session): PersonRef {
  return { kind: 'pseudonym', issuer: pages, value: actor };
}

/** The list that a page token continues: of this session about this person, on the same grounds. */
function listOf({ session: { id, role, actor }, pages, person: { idnr }, grounds }: Search): string {
  const { reason, fileReference } = grounds;
  return `subject entries\n${canonicalDigest({ pages, id, role, actor, idnr, reason, fileReference })}`;
}
