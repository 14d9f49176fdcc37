import type { Clock } from '../platform/clock.js';
import type { OperationalLog } from '../platform/operational-log.js';
import type { Reason } from '../platform/reasons.js';
import type { AuditLog } from './audit-log.js';

/** Where somebody stood who was refused before it was known who they are; with it a code of a closed list says why. */
type Refusal =
  | readonly [door: 'grpc' | 'link', code: Reason]
  | readonly [
      door: 'token-endpoint',
      code: 'unsupported_grant_type' | 'invalid_request' | 'invalid_client' | 'unauthorized_client',
    ];

/**
 * Refusals before authentication: a line each in the operational log, and their counts in one entry a minute, so that
 * neither a stranger can make the log grow nor an operator can lose the lines unnoticed. No addresses.
 */
export class SecurityLog {
  #counts = new Map<string, number>();
  #sinceMs: number;
  #summarising: Promise<void> | undefined;

  constructor(
    private readonly node: string,
    private readonly audit: AuditLog,
    private readonly log: OperationalLog,
    private readonly clock: Clock,
  ) {
    this.#sinceMs = clock.now();
  }

  /** Counts and says it; waits for nothing. */
  refused(...[door, code]: Refusal): void {
    this.log.warn({ security: door, reason: code }, 'refused before authentication');
    this.#add(`${door} ${code}`, 1);
  }

  /** Writes the counts since the last summary; nothing where there are none. What cannot be written stays for the next. */
  summarise(): Promise<void> {
    this.#summarising ??= this.#write().finally(() => {
      this.#summarising = undefined;
    });
    return this.#summarising;
  }

  async #write(): Promise<void> {
    const [counts, sinceMs, nowMs] = [this.#counts, this.#sinceMs, this.clock.now()];
    this.#counts = new Map();
    this.#sinceMs = nowMs;
    if (counts.size === 0) return;
    const [from, to] = [sinceMs, nowMs].map((ms) => new Date(ms).toISOString());
    try {
      await this.audit.authenticationFailed({
        caller: { consumer: this.node },
        protected: { failures: { from: String(from), to: String(to), counts: Object.fromEntries(counts) } },
      });
    } catch (error) {
      for (const [kind, count] of counts) this.#add(kind, count);
      this.#sinceMs = sinceMs;
      throw error;
    }
  }

  #add(kind: string, count: number): void {
    this.#counts.set(kind, (this.#counts.get(kind) ?? 0) + count);
  }
}
