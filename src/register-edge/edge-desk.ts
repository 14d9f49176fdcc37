import { CurrentCatalogue } from '../catalogue/current-catalogue.js';
import type { Caller } from '../platform/caller.js';
import { Clock } from '../platform/clock.js';
import { Fault, outage } from '../platform/fault.js';
import type { Seal } from '../platform/secrets.js';
import type { Asked, Decoded } from './asked.js';
import { type Cause, Refused } from './check.js';
import type { DeferralStore } from './deferral-store.js';
import { EdgeLog, type EdgeLogEntry } from './edge-log.js';
import type { Found } from './evidence-source.js';
import { type Examined, Examiner } from './examiner.js';
import { PersonLimit } from './person-limit.js';
import { RateLimit } from './rate-limit.js';
import { ReplayStore, type Use } from './replay-store.js';
import { subjectDigest } from './subject-digest.js';

/** What an exchange is about to answer, and what the log keeps of it. */
export type Answer<T> = Readonly<{
  value: T;
  attributes: readonly string[];
  /** Whom it is about: an identification number, or the key of a company. */
  subject: string;
  /** The value is an announcement. */
  isLater?: true;
}>;

/** The record is not to be had; the caller is not told why. */
export class NotAvailable extends Refused {
  constructor(
    cause: Extract<Cause, `SUBJECT_${string}`>,
    readonly subject: string | null,
  ) {
    super('SUBJECT_NOT_AVAILABLE', cause);
  }
}

/** The one record, or the one answer for none, several and blocked (IDNrG § 6 Abs. 5). @throws NotAvailable */
export function exactlyOne<T>(found: Found<T>, subject: string | null): T {
  switch (found.kind) {
    case 'one':
      return found.record;
    case 'none':
      throw new NotAvailable('SUBJECT_NONE', subject);
    case 'several':
      throw new NotAvailable('SUBJECT_SEVERAL', subject);
    case 'blocked':
      throw new NotAvailable('SUBJECT_BLOCKED', subject);
    case 'not-represented':
      throw new NotAvailable('SUBJECT_NOT_REPRESENTED', subject);
  }
}

type LogContext = Pick<
  EdgeLogEntry,
  | 'caller'
  | 'consumer'
  | 'evidenceType'
  | 'purpose'
  | 'legalBasis'
  | 'retrievalId'
  | 'permission'
  | 'trigger'
  | 'attestation'
> &
  Pick<EdgeLogEntry, 'delayedNotice'>;

/** `subject` is not hidden yet. */
type Ending = Pick<EdgeLogEntry, 'outcome'> &
  Partial<Pick<EdgeLogEntry, 'reason' | 'cause' | 'attributes' | 'subject'>>;

const REPLAYED = {
  permission: 'REPLAY_PERMISSION',
  trigger: 'REPLAY_TRIGGER',
  attestation: 'REPLAY_ATTESTATION',
  inquiry: 'REPLAY_ATTESTATION',
} as const;

/** Every request passes here: examined, counted, used once, answered, and on record before the answer leaves. */
export class EdgeDesk {
  constructor(
    private readonly examiner: Examiner,
    private readonly persons: PersonLimit,
    private readonly rates: RateLimit,
    private readonly replay: ReplayStore,
    private readonly log: EdgeLog,
    private readonly seal: Seal,
    private readonly catalogue: CurrentCatalogue,
    private readonly clock: Clock,
  ) {}

  /**
   * @param options.deferrals where what is asked for was announced for later: then it must have been
   * @throws Fault, DEADLINE_PASSED where the caller has left: who has left is given nothing, and the log says so
   */
  async serve<A extends Asked, T>(
    caller: Caller,
    decoded: Decoded<A>,
    answer: (examined: Examined<A>) => Promise<Answer<T>>,
    { deferrals, signal }: Readonly<{ deferrals?: DeferralStore; signal?: AbortSignal }> = {},
  ): Promise<T> {
    let context = this.#context(caller, decoded);
    let read: string | null = null;
    try {
      const examined = await this.examiner.examine(caller, decoded, deferrals);
      context = { ...context, ...provenIds(examined) };
      // What was announced was counted when it was asked for, and its person is the same.
      if (deferrals === undefined) await this.persons.take(examined);
      await this.rates.take(examined.asked.request.consumer);
      const use = await this.#use(examined, caller, deferrals !== undefined);
      demandWaiting(signal);
      const { value, attributes: released, subject, isLater = false } = await answer(examined);
      read = subject;
      demandWaiting(signal);
      // What is only announced gives nothing, however often: "repeated" is an answer.
      const ending = isLater ? 'deferred' : use === 'repeat' ? 'repeated' : 'answered';
      const attributes = isLater ? [] : released;
      // FZV § 68: no log, no data. The value exists only in this process until its line is durable.
      await this.#record(context, { outcome: ending, attributes, subject });
      return value;
    } catch (error) {
      if (error instanceof LogFault) throw outage('AUDIT_LOG_UNAVAILABLE', error.cause);
      // What was broken off because nobody waits is no outage of the register.
      const isLeft = signal?.aborted === true && !(error instanceof Refused);
      throw await this.#refused(context, isLeft ? new Fault('DEADLINE_PASSED', { cause: error }) : error, read);
    }
  }

  async #use(
    { asked, permission, trigger, attestation }: Examined<Asked>,
    caller: Caller,
    isAnnounced: boolean,
  ): Promise<Use> {
    const node = caller.participant.id;
    const tokens = [
      { kind: 'trigger', issuer: node, jti: trigger.jti, exp: trigger.exp },
      // What was announced keeps its decision open for the very same content, which the examiner compared.
      ...(isAnnounced
        ? []
        : [{ kind: 'attestation', issuer: attestation.attester, jti: attestation.jti, exp: attestation.exp } as const]),
    ] as const;
    // A permission that names no request may be kept and shown again; it says nothing about a person.
    const permitted =
      permission.request_digest === undefined
        ? []
        : [{ kind: 'permission', issuer: permission.issuer, jti: permission.jti, exp: permission.exp } as const];
    const use = await this.#replay([...permitted, ...tokens], asked.digest);
    if (typeof use === 'string') return use;
    throw new Refused('REPLAY', REPLAYED[use.usedBefore]);
  }

  async #replay(tokens: Parameters<ReplayStore['use']>[0], digest: string): Promise<Use> {
    try {
      return await this.replay.use(tokens, digest);
    } catch (error) {
      throw outage('REGISTER_UNAVAILABLE', error);
    }
  }

  /**
   * Puts the ending on record and gives back what to answer.
   * @param read whose record was read, although it was not given
   */
  async #refused(context: LogContext, error: unknown, read: string | null): Promise<unknown> {
    try {
      if (error instanceof Refused) {
        const { reason, trueCause: cause, violations, retryDelayMs } = error;
        const subject = error instanceof NotAvailable ? error.subject : null;
        await this.#record(context, { outcome: 'refused', reason, cause, subject });
        return new Fault(reason, { violations, ...(retryDelayMs === undefined ? {} : { retryDelayMs }) });
      }
      const reason = error instanceof Fault ? error.reason : 'INTERNAL';
      await this.#record(context, { outcome: 'failed', reason, subject: read });
      return error;
    } catch (failed) {
      return failed instanceof LogFault ? outage('AUDIT_LOG_UNAVAILABLE', failed.cause) : failed;
    }
  }

  async #record(context: LogContext, ending: Ending): Promise<void> {
    const { outcome, reason = null, cause = null, attributes = [], subject: about = null } = ending;
    const subject = about === null ? null : subjectDigest(this.seal, about);
    try {
      await this.log.append({ at: this.clock.now(), ...context, attributes, outcome, reason, cause, subject });
    } catch (error) {
      throw new LogFault(error);
    }
  }

  #context({ participant }: Caller, decoded: Decoded<Asked>): LogContext {
    const nothing = { permission: null, trigger: null, attestation: null };
    if (!decoded.ok) {
      const unread = { consumer: null, evidenceType: null, purpose: null, legalBasis: null };
      return { caller: participant.id, ...unread, retrievalId: decoded.retrievalId, ...nothing };
    }
    const { request, evidenceType } = decoded.asked;
    const { lookup } = this.catalogue;
    const listed = (entry: Readonly<{ id: string }> | undefined) => entry?.id ?? null;
    return {
      caller: participant.id,
      consumer: listed(lookup.participant(request.consumer)),
      evidenceType: listed(lookup.evidenceType(evidenceType)),
      purpose: listed(lookup.purpose(request.purpose)),
      legalBasis: listed(lookup.legalBasis(request.legal_basis)),
      retrievalId: request.retrieval_id,
      ...nothing,
    };
  }
}

function demandWaiting(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw new Fault('DEADLINE_PASSED');
}

class LogFault extends Error {
  override readonly name = 'LogFault';
  constructor(override readonly cause: unknown) {
    super('the own log cannot be written');
  }
}

function provenIds({ permission, trigger, attestation }: Examined<Asked>) {
  const { norm, until } = attestation.delayed_notice ?? {};
  return {
    ...{ permission: permission.jti, trigger: trigger.jti, attestation: attestation.jti },
    ...(norm === undefined || until === undefined ? {} : { delayedNotice: { norm, until: until * 1000 } }),
  };
}
