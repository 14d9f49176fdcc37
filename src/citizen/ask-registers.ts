import { randomBytes, randomUUID } from 'node:crypto';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { NodeIdentity } from '../access/node-identity.js';
import type { AuditReceipt } from '../audit/log-store.js';
import type { Register } from '../catalogue/catalogue.js';
import { CurrentCatalogue } from '../catalogue/current-catalogue.js';
import { mayReceiveIdnr } from '../catalogue/idnr-use.js';
import type { Trigger } from '../consent/trigger.js';
import { TriggerStore } from '../consent/trigger-store.js';
import type { Caller } from '../platform/caller.js';
import { Clock } from '../platform/clock.js';
import { Fault, invalid, refusal } from '../platform/fault.js';
import { inquiryDigest, type RegisterInquiry } from '../tokens/register-inquiry.js';
import { presentTrigger } from '../tokens/trigger-token.js';
import { type Citizen, CitizenDesk } from './citizen-desk.js';
import { CitizenJournal } from './citizen-journal.js';
import { type RegisterLines, RegisterSilent, RegisterVoice } from './register-voice.js';

/** A register of the Datenschutzcockpit answers in less than that. */
export const REGISTER_PATIENCE_MS = 500;

export type NotAsked = 'NOT_CHOSEN' | 'NUMBER_NOT_PERMITTED' | 'NOT_CONNECTED';

export type RegisterAnswer = Readonly<{ register: string }> &
  (
    | Readonly<{ kind: 'answered'; heard: RegisterLines; elapsedMs: number }>
    | Readonly<{ kind: 'unreachable'; elapsedMs: number }>
    | Readonly<{ kind: 'not-asked'; why: NotAsked }>
  );

type Choice = Readonly<{
  /** Empty: all. */
  registers: readonly string[];
  pageSize: number;
  /** Of the one register that is chosen. */
  pageToken: string;
}>;

/** Asks the registers what they have on record about the person; nothing of it stays here (OZG § 10 Abs. 2). */
export class AskRegisters extends Command<readonly RegisterAnswer[]> {
  constructor(
    readonly caller: Caller,
    readonly sessionToken: string,
    readonly choice: Choice,
  ) {
    super();
  }
}

@CommandHandler(AskRegisters)
export class AskRegistersHandler implements ICommandHandler<AskRegisters> {
  constructor(
    private readonly desk: CitizenDesk,
    private readonly journal: CitizenJournal,
    private readonly catalogue: CurrentCatalogue,
    private readonly triggers: TriggerStore,
    private readonly node: NodeIdentity,
    private readonly registers: RegisterVoice,
    private readonly clock: Clock,
  ) {}

  async execute({ caller, sessionToken, choice }: AskRegisters): Promise<readonly RegisterAnswer[]> {
    const citizen = await this.desk.accept(caller, sessionToken);
    this.demandKnown(choice);
    const planned = this.catalogue.catalogue.registers.map((register) => ({
      register: register.id,
      why: this.whyNot(register, choice),
      inquiryId: randomUUID(),
    }));
    const decision = await this.decisionOf(citizen);
    const asked = planned.filter(({ why }) => why === undefined);
    // Each register gets an id of its own: only who reads this record can join them.
    const refs = Object.fromEntries(asked.map(({ register, inquiryId }) => [register, inquiryId]));
    const receipt = await this.journal.write('subject.inquired', citizen, {}, { register_refs: refs });
    return Promise.all(
      planned.map(async ({ register, why, inquiryId }): Promise<RegisterAnswer> => {
        if (why !== undefined) return { register, kind: 'not-asked', why };
        return this.ask(receipt, citizen, decision, { register, inquiryId, choice });
      }),
    );
  }

  private demandKnown({ registers, pageToken }: Choice): void {
    const isKnown = registers.every((it) => this.catalogue.lookup.register(it) !== undefined);
    const violations = [
      ...(isKnown ? [] : [{ field: 'registers', description: 'must be registers of the catalogue' }]),
      ...(pageToken === '' || registers.length === 1
        ? []
        : [{ field: 'page_token', description: 'continues the list of one register, which must be named' }]),
    ];
    if (violations.length > 0) throw invalid(violations);
  }

  private whyNot(register: Register, { registers }: Choice): NotAsked | undefined {
    if (!mayReceiveIdnr(register)) return 'NUMBER_NOT_PERMITTED';
    if (this.catalogue.lookup.endpoint(register.participant ?? register.id) === undefined) return 'NOT_CONNECTED';
    return registers.length > 0 && !registers.includes(register.id) ? 'NOT_CHOSEN' : undefined;
  }

  /** By which the person was looked up: registers believe it, and not us. */
  private async decisionOf({ pages, person }: Citizen): Promise<Trigger> {
    const [decision] = await this.triggers.find(pages, [person.lookup.trigger]);
    if (decision === undefined) throw refusal('SUBJECT_TOKEN_INVALID');
    if (decision.state === 'withdrawn') throw refusal('TRIGGER_WITHDRAWN');
    return decision;
  }

  private async ask(
    receipt: AuditReceipt,
    { person }: Citizen,
    { attestation, commitmentSalt }: Trigger,
    { register, inquiryId, choice }: Readonly<{ register: string; inquiryId: string; choice: Choice }>,
  ): Promise<RegisterAnswer> {
    const nowMs = this.clock.now();
    const startedAt = performance.now();
    const elapsed = () => Math.round(performance.now() - startedAt);
    const { birth_date, family_name, idnr } = person.opening;
    const inquiry: RegisterInquiry = {
      inquiry_id: inquiryId,
      register,
      person: { idnr: person.idnr, birth_date, commitment: { salt: commitmentSalt, family_name, idnr } },
      page_size: choice.pageSize,
      page_token: choice.pageToken,
      nonce: randomBytes(32).toString('base64url'),
      issued_at: nowMs,
    };
    const presentation = { retrieval_id: inquiryId, request_digest: inquiryDigest(inquiry), attestation };
    const by = { node: this.node.participant, register, key: this.node.triggerKey, nowMs };
    const { token } = await presentTrigger(presentation, by);
    try {
      // Of the process, not of the clock that tests set: a deadline of gRPC is a moment of the machine.
      const heard = await this.registers.lines(receipt, inquiry, token, Date.now() + REGISTER_PATIENCE_MS);
      return { register, kind: 'answered', heard, elapsedMs: elapsed() };
    } catch (error) {
      if (!(error instanceof RegisterSilent || error instanceof Fault)) throw error;
      return { register, kind: 'unreachable', elapsedMs: elapsed() };
    }
  }
}
