import { join } from 'node:path';
import { openCheckpoint } from '#libs/tlog/checkpoint.js';
import { ed25519Verifier } from '#libs/tlog/signed-note.js';
import type { ProtectedPart } from '../../src/audit/record.js';
import { openRecord } from '../../src/audit/record-cipher.js';
import { withClient } from '../../src/demo/database.js';
import type { RunningSystem } from '../../src/demo/supervisor.js';
import { DirectoryKeyVault } from '../../src/vault/key-vault.directory.js';
import { naiveLeaf, naiveRoot } from '../libs/merkle/naive-tree.js';

/** One entry of the node's log, opened with the node's own keys. */
export type Entry = Readonly<{
  index: number;
  event: string;
  register: string | null;
  subject_role: string | null;
  evidence_type: string | null;
  outcome: string | null;
  reason: string | null;
  retrieval_ref: string | null;
  exchange_ref: string | null;
  /** Every clear column of the row, as text. */
  clear: string;
  hidden: ProtectedPart;
}>;

const SELECT = `
  select r.*, (to_jsonb(r) - array['wrapped_key', 'ciphertext', 'caller_salt', 'protected_hash'])::text as clear
    from log.record r where index >= $1 order by index`;

type Row = Omit<Entry, 'index' | 'hidden'> & {
  index: string;
  record_id: string;
  retention_class: string;
  epoch: string;
  wrapped_key: Buffer;
  ciphertext: Buffer;
};

export async function logSize(system: RunningSystem): Promise<number> {
  const { rows } = await ownerQuery<{ size: string }>(system, 'node', 'select size from log.head');
  return Number(rows[0]?.size);
}

/** Entries from this index on. */
export async function entriesFrom(system: RunningSystem, index: number): Promise<readonly Entry[]> {
  const vault = new DirectoryKeyVault(join(system.pki.folderOf('node'), 'vault'));
  const { rows } = await ownerQuery<Row>(system, 'node', SELECT, [index]);
  return Promise.all(
    rows.map(async ({ record_id, retention_class, epoch, wrapped_key, ciphertext, ...row }) => {
      const month = { retentionClass: retention_class, month: epoch };
      const keys = await vault.find(month);
      if (keys === undefined) throw new Error('the epoch has no keys');
      const sealed = { recordId: record_id, epoch: month, wrappedKey: wrapped_key, ciphertext };
      return { ...row, index: Number(row.index), hidden: openRecord(sealed, keys).part };
    }),
  );
}

/** How many requests this register has on its own record. */
export async function askedOf(system: RunningSystem, register: string): Promise<number> {
  const { rows } = await ownerQuery<{ count: string }>(
    system,
    register,
    "select count(*) from edge.log where event = 'exchange'",
  );
  return Number(rows[0]?.count);
}

/** Computes the whole tree anew from its leaves and compares it with what the log signed. Returns its size. */
export async function demandSoundTree(system: RunningSystem): Promise<number> {
  const { rows } = await ownerQuery<{ leaf: Buffer }>(system, 'node', 'select leaf from log.entry order by index');
  const { rows: heads } = await ownerQuery<{ checkpoint: string }>(system, 'node', 'select checkpoint from log.head');
  const signed = openCheckpoint(heads[0]?.checkpoint ?? '', ed25519Verifier(system.trust.log));
  const hashes = rows.map(({ leaf }) => naiveLeaf(leaf));
  if (signed.size !== hashes.length) throw new Error('the log has other entries than it signed');
  if (!naiveRoot(hashes).equals(signed.root)) throw new Error('the log signed another root');
  return signed.size;
}

export function ownerQuery<R extends object>(system: RunningSystem, of: string, text: string, values: unknown[] = []) {
  return withClient(system.databases.ownerUrlOf(of), (client) => client.query<R>(text, values));
}
