import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { LogReader, type StoredRecord } from '../audit/log-reader.js';
import type { BreachStatement, ProtectedPart } from '../audit/record.js';
import { Decoder } from '../platform/decode.js';
import { refusal } from '../platform/fault.js';
import { Seal } from '../platform/secrets.js';
import { decodePosition, sealPosition } from '../transparency/page-position.js';
import { readableHalf } from '../transparency/protected-half.js';
import { KeyVault } from '../vault/key-vault.js';
import { CaseStore, type RecordedStep } from './case-store.js';
import { listOf } from './find-entries.js';
import { ActFollower } from './follow-acts.js';
import { type CaseFacts, caseOf, factsOf, isCase, type OversightCase } from './oversight-case.js';
import { noteFor, OversightDesk, type Visit } from './oversight-desk.js';

export type CaseStep = RecordedStep & Readonly<{ actor: string; note: string }>;
export type CaseFile = Readonly<{
  opened: OversightCase;
  facts: CaseFacts;
  firstReportedAtMs: number | undefined;
  /** What was stated last; its texts may name persons. */
  report: BreachStatement | undefined;
  steps: readonly CaseStep[];
  nextPageToken: string;
}>;

/** One case with what was done in it, the newest first, one page. */
export class GetCase extends Command<CaseFile> {
  constructor(
    readonly visit: Visit,
    readonly index: number,
    readonly limit: number,
    readonly pageToken: string,
  ) {
    super();
  }
}

@CommandHandler(GetCase)
export class GetCaseHandler implements ICommandHandler<GetCase> {
  constructor(
    private readonly desk: OversightDesk,
    private readonly reader: LogReader,
    private readonly vault: KeyVault,
    private readonly acts: ActFollower,
    private readonly cases: CaseStore,
    private readonly seal: Seal,
  ) {}

  /** @throws Fault CALL_NOT_ALLOWED, SESSION_*, ASSURANCE_TOO_LOW; NOT_FOUND for what is no case */
  async execute({ visit, index, limit, pageToken }: GetCase): Promise<CaseFile> {
    const inspector = await this.desk.accept(visit);
    const list = listOf('case', inspector, { index });
    const decoder = new Decoder();
    const before = decoder.done(decodePosition(decoder, this.seal, list, pageToken)) ?? Number.MAX_SAFE_INTEGER;
    await this.desk.looks(inspector, 'case', { opened_index: index });
    const record = await this.reader.record(index);
    if (!isCase(record)) throw refusal('NOT_FOUND');
    await this.acts.follow();
    const found = await this.cases.steps(index, before, limit + 1);
    const steps = found.slice(0, limit);
    const standing = await this.cases.standing(index);
    const shown = [...steps.map(({ logIndex }) => logIndex), standing.reportIndex];
    const written = await this.partsOf(shown.filter((it) => it !== undefined));
    const part = (await readableHalf(this.vault, record))?.part;
    return {
      opened: caseOf(record, part, standing.state ?? 'open'),
      facts: factsOf(part),
      firstReportedAtMs: standing.firstReportedAtMs,
      report: inspector.session.role === 'officer' ? written.get(standing.reportIndex ?? -1)?.case?.report : undefined,
      // Of an entry that is erased, or altered since, nothing is left but that there was a step.
      steps: steps.map((step) => {
        const { session, note } = written.get(step.logIndex) ?? {};
        return { ...step, actor: session?.actor ?? '', note: noteFor(inspector, note) };
      }),
      nextPageToken: sealPosition(this.seal, list, found.length > limit ? steps.at(-1)?.logIndex : undefined),
    };
  }

  private async partsOf(indices: readonly number[]): Promise<ReadonlyMap<number, ProtectedPart>> {
    const entries = await this.reader.records([...new Set(indices)]);
    return new Map(await Promise.all(entries.map((it) => this.partOf(it))));
  }

  private async partOf(record: StoredRecord) {
    return [record.index, (await readableHalf(this.vault, record))?.part ?? {}] as const;
  }
}
