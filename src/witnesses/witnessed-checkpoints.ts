import { openCheckpoint } from '#libs/tlog/checkpoint.js';
import { cosignatureTime, openCosignatures } from '#libs/tlog/cosignature.js';
import { NoteFault } from '#libs/tlog/note-fault.js';
import { formatSignature, type NoteVerifier, parseNote } from '#libs/tlog/signed-note.js';
import { CosignatureStore, type Cosigned } from './cosignature-store.js';
import { majorityOf } from './trust-policy.js';
import type { Witness } from './witness.js';

/** `note` carries the signature of the log and the cosignatures of a majority or more. */
export type WitnessedCheckpoint = Readonly<{ note: string; size: number }>;

/**
 * Checkpoints with the cosignatures that were collected. What the database gives is verified again: it could be
 * anybody's, and what is published here is believed.
 */
export class WitnessedCheckpoints {
  readonly quorum: number;

  constructor(
    private readonly store: CosignatureStore,
    private readonly witnesses: readonly Pick<Witness, 'participant' | 'keys'>[],
    private readonly key: NoteVerifier,
  ) {
    this.quorum = majorityOf(witnesses.length);
  }

  /** The same checkpoint with the cosignatures that are there for it. */
  async withCosignatures(note: string): Promise<string> {
    const { text } = parseNote(note);
    const kept = (await this.store.cosigned()).filter((it) => textOf(it.note) === text);
    return note + this.linesOver(text, kept).join('');
  }

  /** Who cosigned a checkpoint, and when: milliseconds since 1970, by the clock of the witness. */
  async signedBy(note: string): Promise<readonly Readonly<{ witness: string; atMs: number }>[]> {
    const { text } = parseNote(note);
    const kept = (await this.store.cosigned()).filter((it) => textOf(it.note) === text);
    return kept.flatMap((it) => {
      const [lines] = this.linesOver(text, [it]);
      const [signed] = lines === undefined ? [] : parseNote(`${text}\n${lines}`).signatures;
      return signed === undefined ? [] : [{ witness: it.witness, atMs: cosignatureTime(signed.signature) * 1000 }];
    });
  }

  /** The largest checkpoint that a majority cosigned; none where there is no witness. */
  async newest(): Promise<WitnessedCheckpoint | undefined> {
    return first(this.cosigned(await this.store.cosigned()));
  }

  /** The smallest checkpoint of a log of more than so many entries that a majority cosigned, of those that are kept. */
  async firstBeyond(size: number): Promise<WitnessedCheckpoint | undefined> {
    const kept = (await this.store.cosigned()).filter((it) => it.size > size);
    return first(this.cosigned(kept.toReversed()));
  }

  /** In the order given, with all that was cosigned over each. */
  private *cosigned(kept: readonly Cosigned[]): Generator<WitnessedCheckpoint> {
    if (this.quorum === 0) return;
    for (const note of new Set(kept.map((it) => it.note))) {
      const lines = this.linesOver(
        textOf(note),
        kept.filter((it) => it.note === note),
      );
      const size = lines.length < this.quorum ? undefined : this.sizeOf(note);
      if (size !== undefined) yield { note: note + lines.join(''), size };
    }
  }

  /** One element for each witness whose own key verifies. */
  private linesOver(text: string, kept: readonly Cosigned[]): readonly string[] {
    return kept.flatMap(({ witness, lines }) => {
      const keys = this.witnesses.find(({ participant }) => participant === witness)?.keys ?? [];
      const verified = verifiedLines(text, lines, keys);
      return verified === undefined ? [] : [verified];
    });
  }

  private sizeOf(note: string): number | undefined {
    try {
      return openCheckpoint(note, this.key).size;
    } catch (error) {
      if (error instanceof NoteFault) return undefined;
      throw error;
    }
  }
}

function first<T>(items: Iterable<T>): T | undefined {
  for (const item of items) return item;
  return undefined;
}

/** What is signed of a note; of what is none, nothing that anybody signed. */
function textOf(note: string): string {
  return note.slice(0, note.lastIndexOf('\n\n') + 1);
}

/** The signature lines over this text that verify with these keys; `undefined` where none does or one is wrong. */
export function verifiedLines(text: string, lines: string, keys: readonly NoteVerifier[]): string | undefined {
  try {
    return openCosignatures(text, lines, keys).map(formatSignature).join('');
  } catch (error) {
    if (error instanceof NoteFault) return undefined;
    throw error;
  }
}
