import type { Clock } from '../platform/clock.js';
import type { Epoch, EpochKeys, KeyVault } from '../vault/key-vault.js';
import { LogUnavailable } from './log-store.js';

const LIFETIME_MS = 60_000;

/** The keys that entries are encrypted under right now, asked of the vault once a minute instead of once an entry. */
export class CurrentKeys {
  private readonly known = new Map<string, Readonly<{ keys: Promise<EpochKeys>; untilMs: number }>>();

  constructor(
    private readonly vault: KeyVault,
    private readonly clock: Clock,
  ) {}

  /** Throws {@link LogUnavailable} when the vault gives none: what cannot be encrypted cannot be logged. */
  async keysOf(epoch: Epoch): Promise<EpochKeys> {
    const now = this.clock.now();
    const name = `${epoch.retentionClass}/${epoch.month}`;
    for (const [other, { untilMs }] of this.known) if (untilMs <= now) this.known.delete(other);
    const keys = this.known.get(name)?.keys ?? this.vault.obtain(epoch);
    if (!this.known.has(name)) this.known.set(name, { keys, untilMs: now + LIFETIME_MS });
    try {
      return await keys;
    } catch (error) {
      this.known.delete(name);
      throw new LogUnavailable('no', error);
    }
  }
}
