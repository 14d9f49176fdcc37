import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Waiting } from '../platform/call.js';
import type { Caller } from '../platform/caller.js';
import { Clock } from '../platform/clock.js';
import { companyText } from '../tokens/company-key.js';
import type { RetrievalRequest } from '../tokens/register-request.js';
import type { AskedRetrieval, Decoded } from './asked.js';
import { contentOf, DeferralStore } from './deferral-store.js';
import { type Answer, EdgeDesk, exactlyOne, NotAvailable } from './edge-desk.js';
import { EvidenceIssuer } from './evidence-issuer.js';
import { EvidenceSource, type RecordOf } from './evidence-source.js';
import type { Examined } from './examiner.js';

/** Compact JWE to the consumer, or from when on it can be had, in milliseconds since the epoch. */
export type Retrieved = Readonly<{ jwe: string } | { availableAt: number }>;

/** A command although it "gets": every retrieval leaves a trace (IDNrG § 9). */
export class RetrieveEvidence extends Command<Retrieved> {
  constructor(
    readonly caller: Caller,
    readonly decoded: Decoded<AskedRetrieval>,
    readonly waiting: Waiting,
    /** Whether it was announced for later, and is asked for again. */
    readonly wasAnnounced = false,
  ) {
    super();
  }
}

@CommandHandler(RetrieveEvidence)
export class RetrieveEvidenceHandler implements ICommandHandler<RetrieveEvidence> {
  constructor(
    private readonly desk: EdgeDesk,
    private readonly source: EvidenceSource,
    private readonly issuer: EvidenceIssuer,
    private readonly deferrals: DeferralStore,
    private readonly clock: Clock,
  ) {}

  execute({ caller, decoded, waiting, wasAnnounced }: RetrieveEvidence): Promise<Retrieved> {
    const answer = (examined: Examined<AskedRetrieval>) => this.answer(caller, examined, waiting, wasAnnounced);
    const { signal } = waiting;
    return this.desk.serve(caller, decoded, answer, { signal, ...(wasAnnounced && { deferrals: this.deferrals }) });
  }

  private async answer(
    caller: Caller,
    examined: Examined<AskedRetrieval>,
    waiting: Waiting,
    wasAnnounced: boolean,
  ): Promise<Answer<Retrieved>> {
    const { request, evidenceType, fields, permissionToken } = examined.asked;
    const { attester, jti: attestation } = examined.attestation;
    const { of, subject } = recordOf(request);
    const found = await this.source.find(evidenceType, of, fields, { permission: permissionToken, ...waiting });
    if (found.kind === 'later') {
      const [deferredAt, content] = [this.clock.now(), contentOf(request)];
      await this.deferrals.put({ attester, attestation, caller: caller.participant.id, content, deferredAt });
      return { value: { availableAt: found.availableAt }, attributes: fields, subject, isLater: true };
    }
    const record = exactlyOne(found, subject);
    const { look_back_days: lookBackDays } = examined.permission.obligations;
    // Nobody learns that there is one which is only too old.
    if (isOlder(record.asOf, lookBackDays, this.clock.now())) throw new NotAvailable('SUBJECT_TOO_OLD', subject);
    const jwe = await this.issuer.issue(examined, record);
    if (wasAnnounced) await this.deferrals.answered(attester, attestation);
    return { value: { jwe }, attributes: fields, subject };
  }
}

/** Whose record is meant, and what the own log finds it by. */
function recordOf(request: RetrievalRequest): Readonly<{ of: RecordOf; subject: string }> {
  if ('person' in request) {
    const { idnr, birth_date: birthDate } = request.person;
    return { of: { idnr, birthDate }, subject: idnr };
  }
  const { key, representative } = request.company;
  return { of: { company: key, representative }, subject: companyText(key) };
}

const DAY_MS = 86_400_000;

function isOlder(asOf: string, days: number | undefined, nowMs: number): boolean {
  return days !== undefined && Date.parse(asOf) < nowMs - days * DAY_MS;
}
