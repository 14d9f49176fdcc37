import { createPrivateKey } from 'node:crypto';
import { ed25519Signer, ed25519Verifier } from '#libs/tlog/signed-note.js';
import { Clock } from '../../src/platform/clock.js';
import { type Epoch, EpochDestroyed, type EpochKeys, KeyVault } from '../../src/vault/key-vault.js';

const seed = (byte: number) =>
  createPrivateKey({
    key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.alloc(32, byte)]),
    format: 'der',
    type: 'pkcs8',
  });

/** Synthetic log key, the same in all tests. */
export const logSigner = ed25519Signer('log.test.example/node', seed(9));
export const logVerifier = ed25519Verifier(logSigner.vkey);
/** Another key under the same name: whoever signs with it is not the log. */
export const forger = ed25519Signer(logSigner.name, seed(10));

export class FixedClock extends Clock {
  constructor(public ms = Date.UTC(2026, 10, 23, 12)) {
    super();
  }

  override now(): number {
    return this.ms;
  }
}

/** Keys made of the epoch's name. */
export class MemoryKeyVault extends KeyVault {
  readonly made = new Map<string, EpochKeys>();
  readonly gone = new Set<string>();
  failing = false;

  override async obtain({ retentionClass, month }: Epoch): Promise<EpochKeys> {
    if (this.failing) throw new Error('the vault is closed');
    const name = `${retentionClass} ${month}`;
    if (this.gone.has(name)) throw new EpochDestroyed('the epoch was destroyed');
    const keys = this.made.get(name) ?? {
      wrapKey: Buffer.alloc(32, `w${name}`),
      indexKey: Buffer.alloc(32, `i${name}`),
    };
    this.made.set(name, keys);
    return keys;
  }

  override async find({ retentionClass, month }: Epoch): Promise<EpochKeys | undefined> {
    if (this.gone.has(`${retentionClass} ${month}`)) throw new EpochDestroyed('the epoch was destroyed');
    return this.made.get(`${retentionClass} ${month}`);
  }

  override async destroy({ retentionClass, month }: Epoch): Promise<void> {
    this.made.delete(`${retentionClass} ${month}`);
    this.gone.add(`${retentionClass} ${month}`);
  }

  override async epochs(): Promise<Epoch[]> {
    return [...this.made.keys()].map(epochNamed);
  }

  override async destroyed(): Promise<Epoch[]> {
    return [...this.gone].map(epochNamed);
  }
}

function epochNamed(name: string): Epoch {
  return { retentionClass: name.slice(0, -8), month: name.slice(-7) };
}
