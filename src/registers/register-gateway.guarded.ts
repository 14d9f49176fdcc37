import type { AuditReceipt } from '../audit/log-store.js';
import { type Counts, type GuardLimits, PartyGuard } from '../platform/guard/party-guard.js';
import { WHOLE } from '../platform/guard/vain-waits.js';
import { OperationalLog } from '../platform/operational-log.js';
import type { RetrievalRequest } from '../tokens/register-request.js';
import { type RegisterAnswer, RegisterGateway, type RegisterNotNow } from './register-gateway.js';

export type GatewayLimits = GuardLimits &
  Readonly<{
    /** Longest time one register gets, milliseconds. */
    registerTimeoutMs: number;
  }>;

type RegisterGuard = PartyGuard<RegisterNotNow['reason']>;

const REASONS = { suspended: 'REGISTER_SUSPENDED', busy: 'REGISTER_BUSY' } as const;

/** Asks each register behind a guard of its own: one that hangs, fails or is overrun takes nothing from the others. */
export class GuardedRegisterGateway extends RegisterGateway {
  readonly #guards = new Map<string, RegisterGuard>();

  constructor(
    private readonly gateway: RegisterGateway,
    private readonly limits: GatewayLimits,
    private readonly log: OperationalLog,
  ) {
    super();
  }

  /** How each register stands that was asked since the start. */
  loads(): readonly Readonly<{ register: string } & RegisterGuard['load']>[] {
    return [...this.#guards].map(([register, guard]) => ({ register, ...guard.load }));
  }

  override notNow(register: string): RegisterNotNow | undefined {
    return this.#guards.get(register)?.notNow();
  }

  override turn(register: string, call: Parameters<RegisterGateway['turn']>[1]): Promise<RegisterNotNow | undefined> {
    return this.guardOf(register).turn(call);
  }

  override async ask(
    receipt: AuditReceipt,
    request: RetrievalRequest,
    tokens: Readonly<{ permission: string; trigger: string }>,
    call: Parameters<RegisterGateway['ask']>[3],
  ): Promise<RegisterAnswer> {
    // Who leaves it less than its time, or hangs up, must not get it suspended for everybody, nor keep it from being.
    let hadTime = false;
    const ended = await this.guardOf(request.register).run(
      call,
      () => {
        hadTime = call.deadline - Date.now() >= this.limits.registerTimeoutMs * WHOLE;
        return this.gateway.ask(receipt, request, tokens, call);
      },
      (answer) => countsAs(answer, hadTime, call.signal.aborted),
    );
    return 'done' in ended ? ended.done : { kind: 'not-asked', ...ended.notNow };
  }

  private guardOf(register: string): RegisterGuard {
    const known = this.#guards.get(register);
    if (known !== undefined) return known;
    const guard = new PartyGuard(this.limits, REASONS, (isSuspended) => {
      if (isSuspended) this.log.warn({ register }, 'register is not asked for a moment');
      else this.log.info({ register }, 'register is asked again');
    });
    this.#guards.set(register, guard);
    return guard;
  }
}

function countsAs(answer: RegisterAnswer, hadTime: boolean, hasLeft: boolean): Counts {
  switch (answer.kind) {
    case 'evidence':
      return 'answered';
    case 'not-asked':
      return 'nothing';
    case 'unavailable':
      if (answer.hasAnswered || answer.ofRecord) return 'declined';
      return hasLeft || (answer.cause === 'DEADLINE_EXCEEDED' && !hadTime) ? 'nothing' : 'failed';
    default:
      return 'declined';
  }
}
