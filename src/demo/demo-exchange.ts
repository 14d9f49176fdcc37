import { createHash, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { OnlineService } from '../catalogue/catalogue.js';
import { loadCatalogue } from '../catalogue/load-catalogue.js';
import { CatalogueLookup } from '../catalogue/lookup.js';
import type { AnyApplicant, Applicant } from '../client/applicant.js';
import { type AttestedDecision, ownDecision } from '../client/attest-decisions.js';
import { connectToNode, type NodeConnection } from '../client/node-connection.js';
import { connectPages, type SignedIn } from '../client/pages-connection.js';
import type { ServiceDescription } from '../client/service-description.js';
import { lookupText } from '../pages/session/shown-lookup.js';
import type { Asked, PrefillAnswer } from '../verify/answer.js';
import type { Report } from '../verify/report.js';
import { type Verification, verifyAnswer } from '../verify/verify-answer.js';
import { cast } from './people/cast.js';
import { companyOf } from './registers/handelsregister.js';
import type { RunningSystem, StartStep } from './supervisor.js';
import { verifyWitnessedLog } from './witnessed-log.js';

export type ExchangeResult = Readonly<{
  service: OnlineService;
  answer: PrefillAnswer;
  verification: Verification;
  /** Of the whole log, with its witnesses. */
  log: Report;
}>;

const PAGES = 'pages';
/** Service of the catalogue by which a person sees who used their data. */
const OWN_DATA = 'datenauskunft';

type Player = Pick<typeof cast.mother, 'familyName' | 'birthDate' | 'address'>;

/** The cast of the demo, in the roles that its services know. Whoever represents a company, in a role that is played, brings it along. */
const PERSONS: Readonly<Record<string, Player>> = {
  parent: cast.mother,
  child: cast.newborn,
  student: cast.student,
  parent_1: cast.studentMother,
  parent_2: cast.studentFather,
  registrant: cast.mother,
  trader: cast.father,
  holder: cast.mother,
};

/** Simulated online service: the citizen's part is played, everything after it is real. */
export class DemoExchange {
  #connection: NodeConnection | undefined;
  #description: ServiceDescription | undefined;
  #applicants: readonly AnyApplicant[] = [];
  #decisions: readonly AttestedDecision[] = [];
  #triggerIds: readonly string[] = [];
  #answer: PrefillAnswer | undefined;
  #verification: Verification | undefined;
  #log: Report | undefined;

  constructor(
    private readonly system: () => RunningSystem,
    private readonly serviceId: string,
  ) {}

  readonly steps: readonly StartStep[] = [
    { title: 'Online service reads what it needs', run: (report) => this.describe(report) },
    { title: 'Citizen decides, online service attests', run: (report) => this.decide(report) },
    { title: 'Node fetches evidence and holds it for the citizen', run: (report) => this.prefill(report) },
    { title: 'Citizen looks at the evidence and releases it', run: (report) => this.release(report) },
    { title: 'Independent verification', run: (report) => this.verify(report) },
    { title: 'Citizen asks who used her data', run: (report) => this.ask(report) },
    { title: 'Registers co-sign the log, which is verified as a whole', run: (report) => this.verifyLog(report) },
  ];

  result(): ExchangeResult {
    if (this.#answer === undefined || this.#verification === undefined || this.#log === undefined)
      throw new Error('the exchange has not been run');
    return { service: this.service(), answer: this.#answer, verification: this.#verification, log: this.#log };
  }

  close(): void {
    this.#connection?.close();
    this.#connection = undefined;
  }

  private catalogue(): CatalogueLookup {
    const folder = join(this.system().dataFolder, 'catalogue');
    return new CatalogueLookup(loadCatalogue({ folder }));
  }

  private service(): OnlineService {
    const service = this.catalogue().service(this.serviceId);
    if (service === undefined) throw new Error(`the catalogue has no service ${this.serviceId}`);
    return service;
  }

  private async describe(report: (text: string) => void): Promise<void> {
    const { consumer } = this.service();
    this.#connection = await connectToNode(this.system().profile(consumer));
    this.#description = await this.#connection.describeService(this.serviceId);
    report(`${this.#description.needs.length} pieces of evidence, purpose ${this.#description.purpose}`);
  }

  private async decide(report: (text: string) => void): Promise<void> {
    const [connection, description] = [given(this.#connection), given(this.#description)];
    this.#applicants = description.subjects.flatMap(applicantIn);
    const roles = new Map(description.subjects.map(({ role, represented_by }) => [role, represented_by ?? role]));
    const deciders = new Set(this.#applicants.map(({ role }) => roles.get(role) ?? role));
    const decided = await Promise.all(
      [...deciders].map((decider) =>
        connection.attest(description, this.#applicants, {
          decider: createHash('sha256').update(`${description.consumer} synthetic ${decider}`).digest('base64url'),
          assurance: description.min_assurance,
          preview: 'WANTED',
          chosen: ({ subject_role }) => roles.get(subject_role) === decider,
        }),
      ),
    );
    this.#decisions = decided.flat();
    const { triggerIds, receipt } = await connection.grantTriggers(this.#decisions);
    this.#triggerIds = triggerIds;
    report(`${triggerIds.length} decisions in the log, the last at index ${receipt.log_index}`);
  }

  private async prefill(report: (text: string) => void): Promise<void> {
    this.#answer = await given(this.#connection).prefill({
      service: this.serviceId,
      applicants: this.#applicants,
      triggerIds: this.#triggerIds,
      ...(cast.mother.address.ars === null ? {} : { ars: cast.mother.address.ars }),
    });
    const held = this.#answer.not_delivered.filter(({ held_id }) => held_id !== undefined);
    report(`${held.length} pieces of evidence are held until the citizen has seen them`);
  }

  /** EGovG § 5 Abs. 5: nothing reaches the online service before. The citizen of the demo releases everything. */
  private async release(report: (text: string) => void): Promise<void> {
    const [connection, { exchange_id, not_delivered }] = [given(this.#connection), given(this.#answer)];
    if (not_delivered.some(({ held_id }) => held_id !== undefined)) {
      const items = await connection.preview(exchange_id);
      report(`seen: ${items.map((it) => `${it.attributes.length} attributes of ${it.register}`).join(', ')}`);
      this.#answer = await connection.decideRelease(
        exchange_id,
        items.map(({ held_id }) => ({ held_id, decision: 'RELEASE' as const })),
      );
    }
    const { fields, evidence, not_delivered: missing } = given(this.#answer);
    report(`${fields.length} fields from ${evidence.length} pieces of evidence, ${missing.length} not delivered`);
  }

  private async verify(report: (text: string) => void): Promise<void> {
    const asked: Asked = {
      consumer: given(this.#description).consumer,
      decisions: this.#decisions.map(ownDecision),
    };
    this.#verification = await verifyAnswer(given(this.#answer), asked, this.system().trust);
    const { faults } = this.#verification;
    report(faults.length === 0 ? 'everything holds' : faults.join('; '));
  }

  /** OZG § 10: as pages would, for somebody who signed in at the level high. */
  private async ask(report: (text: string) => void): Promise<void> {
    const citizen: SignedIn = {
      id: randomUUID(),
      role: 'citizen',
      assurance: 'high',
      actor: createHash('sha256').update('pages synthetic citizen').digest('base64url'),
      signedInAt: Math.floor(Date.now() / 1000),
    };
    const pages = await connectPages(this.system().profile(PAGES));
    try {
      const { hash: textHash } = lookupText(this.catalogue(), OWN_DATA, 'de');
      const subjectToken = await pages.lookUp(OWN_DATA, this.firstPerson(), citizen, { textHash });
      const { entries } = await pages.listOwnEntries(citizen, subjectToken);
      const retrieved = entries.filter(({ event, outcome }) => event === 'retrieval.closed' && outcome === 'released');
      report(
        `${entries.length} entries about her or decided by her, ${retrieved.length} of them say that data were released`,
      );
    } finally {
      pages.close();
    }
  }

  private firstPerson(): Applicant {
    const [first] = this.#applicants.flatMap((it) => ('person' in it ? [{ ...it, role: 'person' }] : []));
    return given(first);
  }

  private async verifyLog(report: (text: string) => void): Promise<void> {
    const { checks, subject, verdict } = await verifyWitnessedLog(this.system(), given(this.#answer).receipt);
    this.#log = { checks, subject, verdict };
    const failed = checks.filter(({ state }) => state !== 'holds').map(({ what, detail }) => `${what}: ${detail}`);
    report(failed.length === 0 ? `${subject.size} entries, everything holds` : failed.join('; '));
  }
}

function applicantIn({
  role,
  represented_by: by = '',
  legal_person,
}: ServiceDescription['subjects'][number]): readonly AnyApplicant[] {
  if (legal_person) return PERSONS[by] === undefined ? [] : [{ role, company: companyOf(cast.father).byEntry }];
  const person = PERSONS[role];
  if (person === undefined) return [];
  const { familyName, birthDate, address } = person;
  const key = { family_name: familyName, town: address.town, postcode: address.postcode, birth_date: birthDate };
  return [{ role, person: key }];
}

function given<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('an earlier step of the exchange is missing');
  return value;
}
