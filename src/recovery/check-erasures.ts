import { append, type CompactRange, emptyRange, root } from '#libs/merkle/compact-range.js';
import type { ErasureStatement, EventType } from '../audit/record.js';
import type { Epoch } from '../vault/key-vault.js';
import { LogDamaged } from './finding.js';
import type { ErasedRow, ErasureRow, LogSnapshot } from './log-snapshot.js';
import { Rows } from './rows.js';

/** One erasure that was carried out, and what is found of it. `stated` is absent where its entry cannot be opened. */
type Erasure = { row: ErasureRow; range: CompactRange; first?: number; last?: number; stated?: ErasureStatement };

/**
 * Records are missing only where an entry of the log states their erasure (IDNrG § 9 Abs. 3): the leaf hashes of those that it erased make
 * up the root that it states. Memory grows with the number of erasures, not with that of records.
 */
export class ErasureCheck {
  private constructor(
    private readonly erasures: ReadonlyMap<number, Erasure>,
    private readonly erased: Rows<ErasedRow>,
  ) {}

  static async begin(snapshot: LogSnapshot): Promise<ErasureCheck> {
    const erasures = new Map<number, Erasure>();
    for await (const batch of snapshot.erasures())
      for (const row of batch) erasures.set(row.index, { row, range: emptyRange });
    return new ErasureCheck(erasures, new Rows(snapshot.erased()));
  }

  /** The next entry of the log; `event` is absent where it has no record. @throws LogDamaged */
  async add(index: number, leafHash: Buffer, event: EventType | undefined): Promise<void> {
    let isListed = false;
    for (let row = await this.erased.peek(); row?.index === index; row = await this.erased.peek()) {
      const erasure = this.erasures.get(row.erasure);
      if (erasure === undefined || row.erasure <= index)
        throw damaged('log.erased', `index ${index}, erasure ${row.erasure}`, 'no erasure can have erased this record');
      erasure.range = append(erasure.range, leafHash).range;
      erasure.first ??= index;
      erasure.last = index;
      isListed = true;
      await this.erased.take();
    }
    if (event !== undefined && isListed)
      throw damaged('log.record', `index ${index}`, 'this record was erased, and is back as after a restore');
    if (event === undefined && !isListed)
      throw damaged('log.record', `index ${index}`, 'the record is missing, and no entry states its erasure');
    if (event !== undefined && event !== 'erasure' && this.erasures.has(index))
      throw damaged('log.erasure', `index ${index}`, 'the entry states no erasure');
  }

  /** What the entry at an index states, where it was opened. */
  states(index: number, statement: ErasureStatement | undefined): void {
    const erasure = this.erasures.get(index);
    if (erasure !== undefined && statement !== undefined) erasure.stated = statement;
  }

  /** Due at the end; `destroyed` are the epochs whose keys are gone. @throws LogDamaged */
  async conclude(destroyed: readonly Epoch[]): Promise<void> {
    for (const erasure of this.erasures.values()) compare(erasure);
    const left = await this.erased.peek();
    if (left !== undefined) throw damaged('log.erased', `index ${left.index}`, 'there is no such entry');
    const epochs = new Set([...this.erasures.values()].map(({ row }) => nameOf(row)));
    const unstated = destroyed.find((epoch) => !epochs.has(nameOf(epoch)));
    if (unstated !== undefined)
      throw damaged('the vault', `epoch ${nameOf(unstated)}`, 'its keys were destroyed, and no entry states it');
  }
}

function compare({ row, range, first, last, stated }: Erasure): void {
  const at = `index ${row.index}`;
  if (range.size !== row.erased)
    throw damaged('log.erasure', at, `${range.size} records are listed for it, not ${row.erased}`, 'erased');
  if (root(range).toString('base64url') !== row.root)
    throw damaged('log.erasure', at, 'the leaves of what it erased do not make up this root', 'root');
  if (stated === undefined) return;
  const wrong = [
    { column: 'retention_class', holds: stated.retention_class === row.retentionClass },
    { column: 'epoch', holds: stated.month === row.month },
    { column: 'erased', holds: stated.count === row.erased },
    { column: 'root', holds: stated.root === row.root },
    { column: 'index', holds: stated.first_index === first && stated.last_index === last },
  ].find(({ holds }) => !holds);
  if (wrong !== undefined) throw damaged('log.erasure', at, 'the entry states something else', wrong.column);
}

function nameOf({ retentionClass, month }: Epoch): string {
  return `${retentionClass} ${month}`;
}

function damaged(table: string, row: string, what: string, column?: string): LogDamaged {
  return new LogDamaged({ table, row, what, ...(column !== undefined && { column }) });
}
