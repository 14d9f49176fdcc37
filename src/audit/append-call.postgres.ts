import type { ClientBase } from 'pg';
import { canonicalBytes } from '../tokens/digest.js';
import type { Batch } from './append-batch.js';
import type { Effect } from './effect.js';

// One statement for every size of batch: each column travels as one array.
const TYPES = [
  ...['bigint', 'bigint', 'bytea', 'bytea[]', 'text', 'timestamptz'],
  ...['bigint[]', 'bytea[]', 'bytea[]'],
  ...['smallint[]', 'bigint[]', 'bytea[]'],
  ...['text[]', 'bytea[]', 'bytea[]', 'uuid[]', 'text[]', 'text[]', 'bytea[]', 'bytea[]'],
  ...['bigint[]', 'bytea[]', 'text[]'],
  ...['bigint[]', 'text[]', 'text[]', 'text[]', 'timestamptz[]'],
];
const STATEMENT = `select log.append_batch(${TYPES.map((type, i) => `$${i + 1}::${type}`).join(', ')})`;

/** Calls `log.append_batch` in the client's transaction, which holds the lock of the head. */
export async function appendBatch(client: ClientBase, batch: Batch): Promise<void> {
  await client.query({ name: 'append_batch', text: STATEMENT, values: parameters(batch) });
}

/** The arguments of `log.append_batch` in its order. */
export function parameters(batch: Batch): unknown[] {
  const { entries, innerNodes, range } = batch;
  const drafts = entries.map((entry) => entry.draft);
  const subjects = entries.flatMap(({ index, draft }) => draft.subjects.map((row) => ({ ...row, index })));
  const effects = entries.flatMap(({ index, draft }) =>
    draft.entry.effects.map((effect) => ({ ...effectRow(effect), index })),
  );
  return [
    ...[batch.oldSize, range.size, batch.rootHash, range.nodes, batch.checkpoint, batch.logTime],
    ...[
      entries.map((entry) => entry.index),
      entries.map((entry) => entry.leaf),
      entries.map((entry) => entry.leafHash),
    ],
    ...[
      innerNodes.map((node) => node.level),
      innerNodes.map((node) => node.index),
      innerNodes.map((node) => node.hash),
    ],
    entries.map((entry) => canonicalBytes(entry.caller).toString()),
    drafts.map((draft) => draft.callerSalt),
    drafts.map((draft) => draft.protectedHash),
    drafts.map((draft) => draft.sealed.recordId),
    drafts.map((draft) => draft.sealed.epoch.retentionClass),
    drafts.map((draft) => draft.sealed.epoch.month),
    drafts.map((draft) => draft.sealed.wrappedKey),
    drafts.map((draft) => draft.sealed.ciphertext),
    ...[subjects.map((row) => row.index), subjects.map((row) => row.key), subjects.map((row) => row.as)],
    ...[effects.map((row) => row.index), effects.map((row) => row.kind), effects.map((row) => row.id)],
    ...[effects.map((row) => row.by), effects.map((row) => row.expires)],
  ];
}

function effectRow(effect: Effect): { kind: string; id: string; by: string | null; expires: string | null } {
  const { kind } = effect;
  return {
    kind,
    id: 'trigger' in effect ? effect.trigger : effect.retrieval,
    by: 'by' in effect ? effect.by : null,
    expires: 'expiresAt' in effect ? effect.expiresAt.toISOString() : null,
  };
}
