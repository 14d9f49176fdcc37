import { cosignatureVerifier } from '#libs/tlog/cosignature.js';
import { decodeDecimal } from '#libs/tlog/lexical.js';
import type { NoteVerifier } from '#libs/tlog/signed-note.js';
import { type AddCheckpoint, formatAddCheckpoint, originHash, witnessedPath } from '#libs/tlog/witness-request.js';
import type { NamedWitness } from '../catalogue/verifier-keys.js';
import { type HttpsAnswer, HttpsPeer, PeerUnreachable } from '../platform/https-peer.js';
import type { TlsIdentity } from '../platform/tls.js';
import { type ForkEvidence, parseForkEvidence } from '../tokens/fork-evidence.js';
import { Witness, type WitnessAnswer, WitnessUnreachable } from './witness.js';

const TIMEOUT_MS = 5000;

/** C2SP tlog-witness over mutual TLS 1.3. Its keys are those that the catalogue names, and no others (C2SP tlog-cosignature). */
export class HttpsWitness extends Witness {
  readonly #peer: HttpsPeer;
  #verifiers: Readonly<{ of: NamedWitness | undefined; keys: readonly NoteVerifier[] }> | undefined;

  /** @param named as the catalogue names it at any moment; undefined: no more, and then nothing that it says counts */
  constructor(
    override readonly participant: string,
    private readonly named: () => NamedWitness | undefined,
    identity: TlsIdentity,
  ) {
    super();
    this.#peer = new HttpsPeer(() => {
      const peer = named();
      if (peer === undefined) throw new PeerUnreachable('not named any more');
      return peer;
    }, identity);
  }

  override get keys(): readonly NoteVerifier[] {
    const named = this.named();
    if (named !== this.#verifiers?.of) {
      this.#verifiers = { of: named, keys: named?.vkeys.map(cosignatureVerifier) ?? [] };
    }
    return this.#verifiers?.keys ?? [];
  }

  /** Another certificate of this node to show. */
  rotate(identity: TlsIdentity): void {
    this.#peer.rotate(identity);
  }

  override async add(request: AddCheckpoint): Promise<WitnessAnswer> {
    const { status, type, text } = await this.ask('/add-checkpoint', formatAddCheckpoint(request));
    if (status === 200) return { kind: 'cosigned', lines: text };
    if (status === 422) return { kind: 'contradicted' };
    if (status === 403) return { kind: 'distrusted' };
    const size = status === 409 && type === 'text/x.tlog.size' ? decodeDecimal(text.replace(/\n$/, '')) : undefined;
    return size === undefined ? { kind: 'unusable' } : { kind: 'elsewhere', size };
  }

  override async latest(origin: string): Promise<string | undefined> {
    const { status, text } = await this.ask(`/${witnessedPath(origin)}`);
    return status === 200 ? text : undefined;
  }

  override async fork(origin: string): Promise<ForkEvidence | undefined> {
    const { status, text } = await this.ask(`/${originHash(origin)}/fork`);
    return status === 200 ? parseForkEvidence(text) : undefined;
  }

  close(): void {
    this.#peer.close();
  }

  private async ask(path: string, body?: string): Promise<HttpsAnswer> {
    let answer: HttpsAnswer;
    try {
      answer = await this.#peer.ask({ path, timeoutMs: TIMEOUT_MS, ...(body !== undefined && { body }) });
    } catch (error) {
      if (error instanceof PeerUnreachable) throw new WitnessUnreachable('no answer', { cause: error.cause });
      throw error;
    }
    if (answer.status >= 500 || answer.status === 429)
      throw new WitnessUnreachable(`answered with status ${answer.status}`);
    return answer;
  }
}
