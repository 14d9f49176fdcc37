import type { Receipt__Output } from '../platform/rpc-types/einmal/broker/v1/Receipt.js';
import type { Sample__Output } from '../platform/rpc-types/einmal/broker/v1/Sample.js';
import type { SampleCommitment__Output } from '../platform/rpc-types/einmal/broker/v1/SampleCommitment.js';
import type { SampleItem__Output } from '../platform/rpc-types/einmal/broker/v1/SampleItem.js';
import { SAMPLE_FORMAT, type SampledEntry, type SampleFile, type WitnessedEntry } from '../verify/sample-file.js';
import { toReceipt } from './prefill-answer.js';

type Parts = Readonly<{
  sample: Sample__Output;
  commitment: SampleCommitment__Output;
  fixing: SampleCommitment__Output;
  reveal: SampleCommitment__Output;
  items: AsyncIterable<readonly SampleItem__Output[]>;
}>;

/** The file that `einmal verify sample` reads, piece by piece: a large one is never held as a whole. */
export async function* sampleFile({ sample, commitment, fixing, reveal, items }: Parts): AsyncGenerator<string> {
  const head: Omit<SampleFile, 'items'> = {
    format: SAMPLE_FORMAT,
    checkpoint: sample.checkpoint ?? '',
    nonce: base64(sample.nonce),
    commitment: openedEntry(commitment),
    fixing: witnessedEntry(fixing),
    reveal: witnessedEntry(reveal),
  };
  yield `${JSON.stringify(head).slice(0, -1)},"items":[`;
  let separator = '\n';
  for await (const page of items) {
    for (const item of page) {
      const { log_index, receipt } = item;
      const proof = receipt ? sampledEntry(receipt) : {};
      yield separator + JSON.stringify({ ...proof, log_index: Number(log_index ?? 0), counted: item.counted ?? false });
      separator = ',\n';
    }
  }
  yield '\n]}\n';
}

function witnessedEntry(entry: SampleCommitment__Output): WitnessedEntry {
  return { ...openedEntry(entry), checkpoint: entry.receipt?.checkpoint ?? '' };
}

function openedEntry({ receipt, protected_salt, protected_part }: SampleCommitment__Output): SampleFile['commitment'] {
  return {
    ...sampledEntry(receipt),
    protected: { salt: base64(protected_salt), part: JSON.parse(protected_part ?? '{}') },
  };
}

function sampledEntry(receipt: Receipt__Output | null | undefined): SampledEntry {
  const { log_index, inclusion_proof, opening } = toReceipt(receipt ?? undefined);
  return { log_index, inclusion_proof, opening };
}

function base64(bytes: Uint8Array | undefined): string {
  return Buffer.from(bytes ?? []).toString('base64');
}
