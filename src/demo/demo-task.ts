import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { EvidenceType } from '../catalogue/catalogue.js';
import { loadCatalogue } from '../catalogue/load-catalogue.js';
import { CatalogueLookup } from '../catalogue/lookup.js';
import { type AuthorityConnection, connectAuthority, type TaskAnswer } from '../client/authority-connection.js';
import { checkArchive } from '../verify/check-archive.js';
import { parseDocument } from '../verify/document.js';
import type { Report } from '../verify/report.js';
import { type Verification, verifyAnswer } from '../verify/verify-answer.js';
import { verifyEvidenceToken } from '../verify/verify-evidence-token.js';
import { cast } from './people/cast.js';
import type { RunningSystem, StartStep } from './supervisor.js';
import { verifyWitnessedLog } from './witnessed-log.js';

/** What the authority of the demo asks for. A real one has the file and the official from its case system. */
export const DEMO_TASK = {
  authority: 'ihk-bremen',
  purpose: 'gewerbeanzeige-aufgaben',
  evidenceType: 'gewerbeanzeige-anmeldung',
  fileReference: 'GA-7-2026',
  actingOfficial: 'Sachbearbeitung 12',
} as const;

export type TaskResult = Readonly<{
  authority: string;
  task: TaskAnswer;
  /** The evidence, readable: its type with its titles, and what the register signed. */
  evidenceType: EvidenceType;
  attributes: Readonly<Record<string, unknown>>;
  verification: Verification;
  archive: Report;
  archiveFile: string;
  /** Of the whole log, with its witnesses. */
  log: Report;
}>;

/** Simulated case system of an authority: no citizen acts, everything else is real. */
export class DemoTask {
  #connection: AuthorityConnection | undefined;
  #answer: TaskAnswer | undefined;
  #attributes: Readonly<Record<string, unknown>> = {};
  #verification: Verification | undefined;
  #archive: Report | undefined;
  #archiveFile: string | undefined;
  #log: Report | undefined;

  constructor(
    private readonly system: () => RunningSystem,
    /** Where the archive is written; in the data folder if absent. */
    private readonly file: string | undefined,
  ) {}

  readonly steps: readonly StartStep[] = [
    { title: 'Authority reads what the rules let it ask for', run: (report) => this.read(report) },
    { title: 'Authority asks, with norm, file reference and official', run: (report) => this.ask(report) },
    { title: 'Independent verification', run: (report) => this.verify(report) },
    { title: 'Authority archives the answer', run: (report) => this.archive(report) },
    { title: 'Registers co-sign the log, which is verified as a whole', run: (report) => this.verifyLog(report) },
  ];

  result(): TaskResult {
    const folder = join(this.system().dataFolder, 'catalogue');
    const evidenceType = new CatalogueLookup(loadCatalogue({ folder })).evidenceType(DEMO_TASK.evidenceType);
    return {
      authority: DEMO_TASK.authority,
      task: given(this.#answer),
      evidenceType: given(evidenceType),
      attributes: this.#attributes,
      archive: given(this.#archive),
      archiveFile: given(this.#archiveFile),
      verification: given(this.#verification),
      log: given(this.#log),
    };
  }

  close(): void {
    this.#connection?.close();
    this.#connection = undefined;
  }

  private async read(report: (text: string) => void): Promise<void> {
    this.#connection = await connectAuthority(this.system().profile(DEMO_TASK.authority));
    const permitted = await this.#connection.listPermitted();
    const tasks = permitted.filter(({ is_task }) => is_task);
    report(tasks.map(({ evidence_type, norm }) => `${evidence_type} (${norm})`).join(', '));
  }

  private async ask(report: (text: string) => void): Promise<void> {
    const { familyName, birthDate, address } = cast.father;
    const { purpose, evidenceType, fileReference, actingOfficial } = DEMO_TASK;
    this.#answer = await given(this.#connection).retrieve({
      ...{ purpose, evidenceType, fileReference, actingOfficial },
      assurance: 'substantial',
      subject: {
        role: 'trader',
        person: { family_name: familyName, town: address.town, postcode: address.postcode, birth_date: birthDate },
      },
      ...(address.ars === null ? {} : { ars: address.ars }),
    });
    const { evidence, receipt } = this.#answer.answer;
    report(`${evidence.length} piece of signed evidence, logged as entry ${receipt.log_index}`);
  }

  private async verify(report: (text: string) => void): Promise<void> {
    const { answer, asked } = given(this.#answer);
    const { trust } = this.system();
    this.#verification = await verifyAnswer(answer, asked, trust);
    const { content } = await verifyEvidenceToken(answer.evidence[0]?.sd_jwt ?? '', trust.registers);
    this.#attributes = content?.attributes ?? {};
    const { faults } = this.#verification;
    report(faults.length === 0 ? 'everything holds' : faults.join('; '));
  }

  /** The file in which an authority keeps it; verified as anybody does who has nothing but the file and the key of the log. */
  private async archive(report: (text: string) => void): Promise<void> {
    const { trust, dataFolder } = this.system();
    const archive = await given(this.#connection).archive(given(this.#answer), trust.log);
    this.#archiveFile = this.file ?? join(dataFolder, 'archive', `${archive.exchange_id}.json`);
    await mkdir(dirname(this.#archiveFile), { recursive: true });
    const text = `${JSON.stringify(archive, null, 2)}\n`;
    await writeFile(this.#archiveFile, text);
    this.#archive = await checkArchive(parseDocument(text), { vkey: trust.log });
    const failed = this.#archive.checks.filter(({ state }) => state !== 'holds').map(({ what }) => what);
    report(failed.length === 0 ? `${this.#archiveFile}, everything holds` : failed.join('; '));
  }

  private async verifyLog(report: (text: string) => void): Promise<void> {
    const { checks, subject, verdict } = await verifyWitnessedLog(this.system(), given(this.#answer).answer.receipt);
    this.#log = { checks, subject, verdict };
    const failed = checks.filter(({ state }) => state !== 'holds').map(({ what, detail }) => `${what}: ${detail}`);
    report(failed.length === 0 ? `${subject.size} entries, everything holds` : failed.join('; '));
  }
}

function given<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('an earlier step of the task is missing');
  return value;
}
