import { cosignatureVerifier } from '#libs/tlog/cosignature.js';
import { decodeDecimal } from '#libs/tlog/lexical.js';
import type { NoteVerifier } from '#libs/tlog/signed-note.js';
import { type AddCheckpoint, formatAddCheckpoint, originHash } from '#libs/tlog/witness-request.js';
import { SystemClock } from '../../src/platform/clock.js';
import { type ForkEvidence, parseForkEvidence } from '../../src/tokens/fork-evidence.js';
import { WitnessDesk } from '../../src/witness-desk/witness-desk.js';
import { Witness, type WitnessAnswer, WitnessUnreachable } from '../../src/witnesses/witness.js';
import { cosigner } from '../libs/tlog/keys.js';
import { SilentLog } from '../support/silent-log.js';
import { MemoryWitnessMemory } from '../witness-desk/memory-witness-memory.js';

/** A real witness without the wire; one seed byte each. Passes the contract of Witness. */
export class DeskWitness extends Witness {
  override readonly participant: string;
  override readonly keys: readonly NoteVerifier[];
  readonly vkey: string;
  memory = new MemoryWitnessMemory();
  isDown = false;
  calls = 0;
  /** Stands in for the witness's own answer to `add`. */
  lie: ((request: AddCheckpoint) => Promise<WitnessAnswer> | WitnessAnswer) | undefined;

  constructor(
    private readonly seed: number,
    private readonly logs: readonly NoteVerifier[],
  ) {
    super();
    this.participant = `witness-${seed}`;
    this.vkey = cosigner(seed).vkey;
    this.keys = [cosignatureVerifier(this.vkey)];
  }

  override async add(request: AddCheckpoint): Promise<WitnessAnswer> {
    this.demandUp();
    return this.lie === undefined ? this.answer(request) : this.lie(request);
  }

  async answer(request: AddCheckpoint): Promise<WitnessAnswer> {
    const { status, body } = await this.desk().addCheckpoint(formatAddCheckpoint(request), 'node');
    if (status === 200) return { kind: 'cosigned', lines: body };
    if (status === 409) return { kind: 'elsewhere', size: decodeDecimal(body.trim()) ?? -1 };
    if (status === 422) return { kind: 'contradicted' };
    return { kind: status === 403 ? 'distrusted' : 'unusable' };
  }

  override async latest(origin: string): Promise<string | undefined> {
    this.demandUp();
    return this.desk().latest(originHash(origin));
  }

  override async fork(origin: string): Promise<ForkEvidence | undefined> {
    this.demandUp();
    return parseForkEvidence((await this.desk().fork(originHash(origin))) ?? '');
  }

  private desk(): WitnessDesk {
    return new WitnessDesk(cosigner(this.seed), this.logs, this.memory, new SystemClock(), new SilentLog());
  }

  private demandUp(): void {
    this.calls += 1;
    if (this.isDown) throw new WitnessUnreachable('is down');
  }
}
