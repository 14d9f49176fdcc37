import type { Clock } from '../platform/clock.js';
import { outage } from '../platform/fault.js';
import { Seal } from '../platform/secrets.js';
import { type Epoch, EpochDestroyed, epochAt, type KeyVault, STANDARD } from '../vault/key-vault.js';

const LIFETIME_MS = 60_000;

type Known = Readonly<{ seal: Promise<Seal | undefined>; untilMs: number }>;

/**
 * Seals decisions at rest under the epoch keys of the log's records, asked of the vault once a minute: a copy of the
 * database opens none, and whoever destroys the keys of a month has forgotten its decisions in every backup too.
 */
export class TriggerSeals {
  private readonly known = new Map<string, Known>();

  constructor(
    private readonly vault: KeyVault,
    private readonly clock: Clock,
  ) {}

  /** For what is stored now, in the class of the entries that grant and use triggers as a rule (IDNrG § 9 Abs. 3). @throws Fault AUDIT_LOG_UNAVAILABLE where the vault gives no key */
  async current(): Promise<Readonly<{ epoch: Epoch; seal: Seal }>> {
    const epoch = epochAt(this.clock.now(), STANDARD);
    const seal = (await this.of(epoch)) ?? (await this.ask(epoch, () => this.vault.obtain(epoch)));
    if (seal === undefined) throw outage('AUDIT_LOG_UNAVAILABLE', new Error('the keys of this month were destroyed'));
    return { epoch, seal };
  }

  /** For what was stored then; undefined where the keys of that month are gone. @throws Fault AUDIT_LOG_UNAVAILABLE */
  of(epoch: Epoch): Promise<Seal | undefined> {
    const now = this.clock.now();
    for (const [name, { untilMs }] of this.known) if (untilMs <= now) this.known.delete(name);
    return this.known.get(nameOf(epoch))?.seal ?? this.ask(epoch, () => this.vault.find(epoch));
  }

  private async ask(
    epoch: Epoch,
    find: () => Promise<Readonly<{ wrapKey: Buffer }> | undefined>,
  ): Promise<Seal | undefined> {
    const seal = find().then(
      (keys) => keys && new Seal(keys.wrapKey),
      (error: unknown) => {
        if (error instanceof EpochDestroyed) return undefined;
        throw outage('AUDIT_LOG_UNAVAILABLE', error);
      },
    );
    this.known.set(nameOf(epoch), { seal, untilMs: this.clock.now() + LIFETIME_MS });
    try {
      const found = await seal;
      if (found === undefined) this.known.delete(nameOf(epoch));
      return found;
    } catch (error) {
      this.known.delete(nameOf(epoch));
      throw error;
    }
  }
}

function nameOf({ retentionClass, month }: Epoch): string {
  return `${retentionClass} ${month}`;
}
