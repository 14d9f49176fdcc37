import { createDecipheriv, hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ClientBase } from 'pg';
import { canonical, type Json } from '../../verifier/second-verifier.js';
import type { Tree } from './tree.js';

const CLEAR = [
  ...['exchange_ref', 'retrieval_ref', 'register', 'evidence_type', 'purpose', 'legal_basis', 'outcome', 'reason'],
  ...['subject_role', 'release_digest', 'trigger_id', 'key_thumbprint'],
] as const;
const SALT = 32;
const IV = 12;
const TAG = 16;

type Row = Readonly<{
  index: string;
  event: string;
  consumer: string;
  log_time: Date;
  caller_salt: Buffer;
  protected_hash: Buffer;
  record_id: string;
  retention_class: string;
  epoch: string;
  wrapped_key: Buffer;
  ciphertext: Buffer;
}> &
  Readonly<Record<(typeof CLEAR)[number], string | null>>;

const sha256 = (...parts: readonly Uint8Array[]): Buffer => hash('sha256', Buffer.concat(parts), 'buffer');

/** The record behind each leaf: its clear columns and its protected half must be what the leaf commits to. */
export class Records {
  #next = 0;
  /** Ids by which registers know the retrievals that were opened; the protected half of the log alone has them. */
  readonly openedAtRegisters = new Set<string>();
  readonly opened = new Set<string>();

  constructor(private readonly vaultFolder: string) {}

  /** Reads on from where it stopped. */
  async check(client: ClientBase, tree: Tree): Promise<readonly string[]> {
    const { rows } = await client.query<Row>(
      `select index, event, consumer, log_time, ${CLEAR.join(', ')}, caller_salt, protected_hash, record_id,
         retention_class, epoch, wrapped_key, ciphertext
       from log.record where index >= $1 order by index`,
      [this.#next],
    );
    this.#next = tree.size;
    return rows.flatMap((row) => this.checkOne(row, tree.leaf(Number(row.index))));
  }

  private checkOne(row: Row, leaf: Buffer): readonly string[] {
    const faults: string[] = [];
    const callerHash = sha256(row.caller_salt, Buffer.from(canonical(callerOf(row))));
    const commitment = sha256(Buffer.from('einmal/leaf/v1\n'), callerHash, row.protected_hash);
    if (!Buffer.concat([Buffer.of(1), commitment]).equals(leaf))
      faults.push('its columns are not what the leaf commits to');
    try {
      const plain = this.open(row);
      if (!sha256(plain).equals(row.protected_hash)) faults.push('its protected half is not what the leaf commits to');
      this.remember(
        row,
        JSON.parse(plain.toString('utf8', SALT)) as { register_refs?: Readonly<Record<string, string>> },
      );
    } catch {
      faults.push('its protected half does not open with the key of its epoch');
    }
    return faults.map((fault) => `record ${row.index}: ${fault}`);
  }

  private remember(row: Row, { register_refs = {} }: { register_refs?: Readonly<Record<string, string>> }): void {
    if (row.event !== 'retrieval.opened' && row.event !== 'identity.opened') return;
    if (row.retrieval_ref !== null) this.opened.add(row.retrieval_ref);
    for (const [register, ref] of Object.entries(register_refs)) this.openedAtRegisters.add(`${register} ${ref}`);
  }

  /** Salt and text of the protected half: AES-256-GCM under a key that is wrapped by that of the epoch. */
  private open({ record_id, retention_class, epoch, wrapped_key, ciphertext }: Row): Buffer {
    const context = Buffer.from(`einmal/record/v1\n${record_id}\n${retention_class}\n${epoch}\n`);
    const file = readFileSync(join(this.vaultFolder, `${retention_class}_${epoch}.keys`));
    return decrypt(decrypt(file.subarray(0, 32), wrapped_key, context), ciphertext, context);
  }
}

function callerOf(row: Row): Json {
  const details = CLEAR.flatMap((name) => (row[name] === null ? [] : [[name, row[name]] as const]));
  return {
    event: row.event,
    log_time: row.log_time.toISOString(),
    consumer: row.consumer,
    ...Object.fromEntries(details),
  };
}

function decrypt(key: Buffer, sealed: Buffer, context: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, IV));
  decipher.setAAD(context).setAuthTag(sealed.subarray(-TAG));
  return Buffer.concat([decipher.update(sealed.subarray(IV, -TAG)), decipher.final()]);
}
