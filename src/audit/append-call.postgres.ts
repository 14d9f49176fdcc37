import type { ClientBase } from 'pg';
import { binaryArray, type ElementType } from '../platform/binary-array.js';
import type { Batch } from './append-batch.js';
import type { Effect } from './effect.js';
import { CALLER_DETAILS } from './record.js';

/** SQL types of the parameters of `log.append_batch`, in its order. */
const TYPES = [
  ...['int8', 'bytea', 'bytea[]', 'text'],
  ...['int8', 'bytea', 'bytea[]', 'text', 'timestamptz'],
  ...['bytea[]', 'bytea[]'],
  ...['int2[]', 'int8[]', 'bytea[]'],
  ...['text[]', 'text[]', ...CALLER_DETAILS.map(() => 'text[]')],
  ...['bytea[]', 'bytea[]', 'uuid[]', 'text[]', 'text[]', 'bytea[]', 'bytea[]'],
  ...['int4[]', 'bytea[]', 'text[]'],
  ...['int4[]', 'text[]', 'text[]', 'text[]', 'timestamptz[]'],
];
/** Of what each parameter is an array, if it is one. */
const ELEMENTS = TYPES.map((type) => (type.endsWith('[]') ? (type.slice(0, -2) as ElementType) : undefined));
// One statement for every size of batch: each column travels as one array.
const STATEMENT = `select log.append_batch(${TYPES.map((type, i) => `$${i + 1}::${type}`).join(', ')}) as now_ms`;

/** A call of `log.append_batch`, encoded ahead: what is left to do while the database waits is to write it. */
export function encodeCall(batch: Batch): readonly unknown[] {
  return parameters(batch).map((value, i) => {
    const element = ELEMENTS[i];
    return element === undefined ? value : binaryArray(element, value as never);
  });
}

/** Calls `log.append_batch` with what {@link encodeCall} made. @returns the clock of the database in milliseconds */
export async function appendBatch(client: ClientBase, call: readonly unknown[]): Promise<number> {
  const query = { name: 'append_batch', text: STATEMENT, values: [...call] };
  const { rows } = await client.query<{ now_ms: string }>(query);
  return Number(rows[0]?.now_ms);
}

/** The arguments of `log.append_batch` in its order. Places in a batch count from 1, as those of the database do. */
export function parameters(batch: Batch): unknown[] {
  const { entries, innerNodes, range, old } = batch;
  const drafts = entries.map((entry) => entry.draft);
  const subjects = drafts.flatMap((draft, i) => draft.subjects.map((row) => ({ ...row, place: i + 1 })));
  const effects = drafts.flatMap((draft, i) => draft.entry.effects.map((it) => ({ ...effectRow(it), place: i + 1 })));
  return [
    ...[old.range.size, old.rootHash, old.range.nodes, old.checkpoint ?? null],
    ...[range.size, batch.rootHash, range.nodes, batch.checkpoint, batch.logTime],
    ...[entries.map((entry) => entry.leaf), entries.map((entry) => entry.leafHash)],
    ...[
      innerNodes.map((node) => node.level),
      innerNodes.map((node) => node.index),
      innerNodes.map((node) => node.hash),
    ],
    ...[entries.map((entry) => entry.caller.event), entries.map((entry) => entry.caller.consumer)],
    ...CALLER_DETAILS.map((name) => entries.map((entry) => entry.caller[name] ?? null)),
    ...[drafts.map((draft) => draft.callerSalt), drafts.map((draft) => draft.protectedHash)],
    drafts.map((draft) => draft.sealed.recordId),
    drafts.map((draft) => draft.sealed.epoch.retentionClass),
    drafts.map((draft) => draft.sealed.epoch.month),
    ...[drafts.map((draft) => draft.sealed.wrappedKey), drafts.map((draft) => draft.sealed.ciphertext)],
    ...[subjects.map((row) => row.place), subjects.map((row) => row.key), subjects.map((row) => row.as)],
    ...[effects.map((row) => row.place), effects.map((row) => row.kind), effects.map((row) => row.id)],
    ...[effects.map((row) => row.by), effects.map((row) => row.expiresAt)],
  ];
}

function idOf(effect: Effect): string {
  if ('trigger' in effect) return effect.trigger;
  return 'retrieval' in effect ? effect.retrieval : effect.name;
}

function effectRow(effect: Effect): { kind: string; id: string; by: string | null; expiresAt: Date | null } {
  return {
    kind: effect.kind,
    id: idOf(effect),
    by: 'by' in effect ? effect.by : null,
    expiresAt: 'expiresAt' in effect ? effect.expiresAt : null,
  };
}
