import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Caller } from '../platform/caller.js';
import { Clock } from '../platform/clock.js';
import { Fault, outage } from '../platform/fault.js';
import { Seal } from '../platform/secrets.js';
import { Refused } from './check.js';
import type { DecodedInquiry } from './decode-inquiry.js';
import { EdgeLog, type EdgeLogEntry } from './edge-log.js';
import { type ExaminedInquiry, InquiryExaminer } from './inquiry-examiner.js';
import { RateLimit } from './rate-limit.js';
import { ReplayStore, type Use, type UsedToken } from './replay-store.js';
import { subjectDigest } from './subject-digest.js';
import { type SubjectLine, SubjectLines } from './subject-lines.js';

export type SubjectPage = Readonly<{
  lines: readonly SubjectLine[];
  /** Milliseconds since the epoch. */
  reachesBackTo: number | undefined;
  nextPageToken: string;
}>;

const BEGIN = Number.MAX_SAFE_INTEGER;

/**
 * The lines of this register's own log about one person, for the person (OZG § 10). Only the log is read: whether there is a
 * record of the person, and whether it is blocked, makes no difference to the answer (IDNrG § 6 Abs. 5).
 */
export class ListSubjectEntries extends Command<SubjectPage> {
  constructor(
    readonly caller: Caller,
    readonly decoded: DecodedInquiry,
  ) {
    super();
  }
}

@CommandHandler(ListSubjectEntries)
export class ListSubjectEntriesHandler implements ICommandHandler<ListSubjectEntries> {
  constructor(
    private readonly examiner: InquiryExaminer,
    private readonly rates: RateLimit,
    private readonly replay: ReplayStore,
    private readonly log: EdgeLog,
    private readonly lines: SubjectLines,
    private readonly seal: Seal,
    private readonly clock: Clock,
  ) {}

  async execute({ caller, decoded }: ListSubjectEntries): Promise<SubjectPage> {
    try {
      const examined = await this.examiner.examine(caller, decoded);
      const { inquiry } = examined.asked;
      const subject = subjectDigest(this.seal, inquiry.person.idnr);
      const before = this.#position(inquiry.page_token, subject);
      await this.rates.take(examined.attestation.attester);
      await this.#bind(examined, subject);
      const isRepeat = await this.#use(caller, examined);
      // FZV § 68: what is not on record does not leave.
      await this.#record(caller, decoded, { outcome: isRepeat ? 'repeated' : 'answered', subject }, examined);
      return await this.#page(subject, before, inquiry.page_size);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const { reason, trueCause: cause, violations, retryDelayMs } = error;
      await this.#record(caller, decoded, { outcome: 'refused', reason, cause });
      throw new Fault(reason, { violations, ...(retryDelayMs !== undefined && { retryDelayMs }) });
    }
  }

  /** The attestation names no number: whoever holds it asks about one number, not about one after the other (ADR 99). */
  async #bind({ attestation: { attester, jti, exp } }: ExaminedInquiry, subject: string): Promise<void> {
    const use = await this.#present({ kind: 'inquiry', issuer: attester, jti, exp }, subject);
    if (typeof use !== 'string') throw new Refused('REPLAY', 'REPLAY_ATTESTATION');
  }

  async #use(caller: Caller, { asked, trigger }: ExaminedInquiry): Promise<boolean> {
    const { jti, exp } = trigger;
    const use = await this.#present({ kind: 'trigger', issuer: caller.participant.id, jti, exp }, asked.digest);
    if (typeof use !== 'string') throw new Refused('REPLAY', 'REPLAY_TRIGGER');
    return use === 'repeat';
  }

  #present(token: UsedToken, digest: string): Promise<Use> {
    return this.replay.use([token], digest).catch((error: unknown) => {
      throw outage('REGISTER_UNAVAILABLE', error);
    });
  }

  async #page(subject: string, before: number, limit: number): Promise<SubjectPage> {
    try {
      const [found, reachesBackTo] = await Promise.all([
        this.lines.about(subject, before, limit + 1),
        this.lines.reachesBackTo(),
      ]);
      const lines = found.slice(0, limit);
      const last = found.length > limit ? lines.at(-1)?.sequence : undefined;
      const nextPageToken = last === undefined ? '' : this.seal.close(Buffer.from(String(last)), listOf(subject));
      return { lines, reachesBackTo, nextPageToken };
    } catch (error) {
      throw outage('REGISTER_UNAVAILABLE', error);
    }
  }

  #position(token: string, subject: string): number {
    if (token === '') return BEGIN;
    const opened = this.seal.open(token, listOf(subject));
    if (opened !== undefined) return Number(opened.toString());
    const violation = { field: 'page_token', description: 'must be that of the list which it continues' };
    throw new Refused('REQUEST_INVALID', 'FIELDS_INVALID', [violation]);
  }

  async #record(
    { participant }: Caller,
    decoded: DecodedInquiry,
    ending: Pick<EdgeLogEntry, 'outcome'> & Partial<Pick<EdgeLogEntry, 'reason' | 'cause' | 'subject'>>,
    examined?: ExaminedInquiry,
  ): Promise<void> {
    const { trigger, attestation } = examined ?? {};
    try {
      await this.log.append({
        event: 'subject-read',
        at: this.clock.now(),
        caller: participant.id,
        consumer: attestation?.attester ?? null,
        evidenceType: null,
        purpose: attestation?.purpose ?? null,
        legalBasis: attestation?.legal_basis ?? null,
        retrievalId: decoded.ok ? decoded.asked.inquiry.inquiry_id : decoded.retrievalId,
        permission: null,
        trigger: trigger?.jti ?? null,
        attestation: attestation?.jti ?? null,
        attributes: [],
        reason: null,
        cause: null,
        subject: null,
        ...ending,
      });
    } catch (error) {
      throw outage('AUDIT_LOG_UNAVAILABLE', error);
    }
  }
}

function listOf(subject: string): string {
  return `einmal/subject-lines/v1 ${subject}`;
}
