import { LineCollector, LinesNotConfirmed } from './line-collector.js';
import { type Activities, otlpOf, type ProcessingLine } from './processing-line.js';

const TIMEOUT_MS = 10_000;
const MAX_ANSWER_BYTES = 65_536;

/** By OTLP over HTTP, JSON: 200 and no line rejected is a confirmation, everything else is none. */
export class OtlpLineCollector extends LineCollector {
  /** @param url of the collector; `/v1/traces` is appended */
  constructor(
    private readonly url: string,
    private readonly node: string,
    private readonly activities: Activities,
  ) {
    super();
  }

  override async send(lines: readonly ProcessingLine[], signal: AbortSignal): Promise<void> {
    const { status, text } = await this.post(JSON.stringify(otlpOf(lines, this.node, this.activities)), signal);
    if (status !== 200) throw new LinesNotConfirmed(`the collector answered with status ${status}`);
    const rejected = rejectedIn(text);
    if (rejected !== 0) throw new LinesNotConfirmed(`the collector rejected ${rejected} of ${lines.length} lines`);
  }

  private async post(body: string, signal: AbortSignal): Promise<Readonly<{ status: number; text: string }>> {
    try {
      const response = await fetch(`${this.url}/v1/traces`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
        // Where an answer points to has not been configured.
        redirect: 'error',
        signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
      });
      return { status: response.status, text: await bounded(response) };
    } catch (error) {
      throw new LinesNotConfirmed('the collector does not answer', { cause: error });
    }
  }
}

async function bounded({ body }: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body ?? []) {
    length += chunk.length;
    if (length > MAX_ANSWER_BYTES) throw new Error('the answer is too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** `partialSuccess.rejectedSpans` of an ExportTraceServiceResponse; what is no such answer confirms nothing. */
function rejectedIn(text: string): number {
  let answer: unknown;
  try {
    answer = text === '' ? {} : JSON.parse(text);
  } catch {
    return Number.NaN;
  }
  if (typeof answer !== 'object' || answer === null) return Number.NaN;
  const partial = 'partialSuccess' in answer ? answer.partialSuccess : undefined;
  if (typeof partial !== 'object' || partial === null || !('rejectedSpans' in partial)) return 0;
  return Number(partial.rejectedSpans);
}
