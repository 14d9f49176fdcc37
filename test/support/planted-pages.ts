import { generateKeyPairSync } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { Catalogue } from '../../src/catalogue/catalogue.js';
import { CurrentCatalogue } from '../../src/catalogue/current-catalogue.js';
import type { PagesConnection } from '../../src/client/pages-connection.js';
import { DecidePage } from '../../src/pages/decide/decide.page.js';
import { PreviewPage } from '../../src/pages/decide/preview.page.js';
import { CasesPage } from '../../src/pages/oversight/cases.page.js';
import { EntriesPage } from '../../src/pages/oversight/entries.page.js';
import { ExplanationPage } from '../../src/pages/oversight/explanation.page.js';
import { ImpactPage } from '../../src/pages/oversight/impact.page.js';
import { LogEntryPage } from '../../src/pages/oversight/log-entry.page.js';
import { OverviewPage } from '../../src/pages/oversight/overview.page.js';
import { PermissionsPage } from '../../src/pages/oversight/permissions.page.js';
import { PersonSearchPage } from '../../src/pages/oversight/person-search.page.js';
import { ProcessingPage } from '../../src/pages/oversight/processing.page.js';
import { ReadsPage } from '../../src/pages/oversight/reads.page.js';
import { SamplesPage } from '../../src/pages/oversight/samples.page.js';
import { AccountPage } from '../../src/pages/session/account.page.js';
import type { OwnLookup } from '../../src/pages/session/own-lookup.js';
import { htmlOf } from '../../src/pages/shell/html.js';
import { CheckPage } from '../../src/pages/tracker/check.page.js';
import type { Citizens } from '../../src/pages/tracker/citizens.js';
import { DataPage } from '../../src/pages/tracker/data.page.js';
import { DecisionsPage } from '../../src/pages/tracker/decisions.page.js';
import { EntryPage } from '../../src/pages/tracker/entry.page.js';
import type { Overview } from '../../src/pages/tracker/overview.js';
import { QuestionPage } from '../../src/pages/tracker/question.page.js';
import type { View } from '../../src/pages/view.js';
import type { SignedInVisit } from '../../src/pages/visit.js';
import type { SessionRole } from '../../src/tokens/session-token.js';
import { FixedClock } from '../audit/log-keys.js';
import { aFederation } from '../register-edge/federation.js';
import { NOW } from './builders.js';

/** Leaves text, an attribute in either kind of quotes, and its element; runs as a script and as a handler. */
const MARKUP = `"'><img src=x onerror="window.planted=1"><script>window.planted=1</script>`;
/** Begins every piece of it as a page shows it: that of a word that a page leaves out is not looked for. */
export const planted = (where: string) => `${MARKUP}${where};`;
export { MARKUP };

export type PlantedPage = Readonly<{
  name: string;
  html: string;
  /** Pieces that must be read on it. */
  shown: readonly string[];
}>;

const LOG = 'node.example/log';
const UUID = '00000000-0000-4000-8000-000000000001';
const SECRET = 's'.repeat(43);
const time = { seconds: '1790000000', nanos: 0 };

/** Everything that a person reads of the catalogue. */
function plantedTexts(value: unknown, path = 'catalogue'): unknown {
  if (Array.isArray(value)) return value.map((it, at) => plantedTexts(it, `${path}.${at}`));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, it]) => {
      const isText = ['de', 'de-simple', 'en', 'source', 'paragraph', 'norm'].includes(key) && typeof it === 'string';
      return [key, isText ? planted(`${path}.${key}`) : plantedTexts(it, `${path}.${key}`)];
    }),
  );
}

const entry = (log_index = '7') => ({
  log_index,
  log_time: time,
  event: planted('entry.event'),
  exchange_id: planted('entry.exchange'),
  consumer: planted('entry.consumer'),
  register: planted('entry.register'),
  evidence_type: planted('entry.evidence'),
  purpose: planted('entry.purpose'),
  legal_basis: planted('entry.basis'),
  outcome: planted('entry.outcome'),
  reason: planted('entry.reason'),
});
const ENTRY_SHOWN = ['event', 'consumer', 'register', 'purpose', 'outcome', 'reason'].map((it) =>
  planted(`entry.${it}`),
);
const listed = { ...entry(), log_index: 7, log_time: '2026-11-01T00:00:00.000Z', capacities: ['subject'] };
const counts = (name: string) => [{ name: planted(name), count: '3' }];

const sample = {
  ...{ log_index: '7', first_index: '0', end_index: '9', commit_time: time, size: 1 },
  ...{ nonce: Buffer.alloc(32), nonce_hash: Buffer.alloc(32), checkpoint: planted('checkpoint') },
  state: 'SAMPLE_STATE_DRAWN',
};

/** Everything that a register, a consumer, an officer or a witness may have written, as the node gives it to pages. */
const REGISTER = 'melderegister-bremen';
const oversight = {
  processingUse: async () => ({ uses: [] }),
  beginPersonSearch: async () => ({ log_index: '1' }),
  overview: async () => ({
    exchanges: '1',
    outcomes: counts('outcome'),
    refusals: counts('refusal'),
    alarms: counts('alarm'),
    consumers: [{ name: planted('trend.consumer'), points: [{ time, count: '3' }] }],
    registers: [{ name: planted('trend.register'), points: [{ time, count: '3' }] }],
    flows: [{ consumer: planted('flow.consumer'), register: planted('flow.register'), retrievals: '3', released: '2' }],
    reconciled: [{ register: planted('reconciled') }],
    from_time: time,
    to_time: time,
    log: {
      origin: planted('origin'),
      witnesses: [{ witness: planted('witness'), state: 'WITNESS_STATE_AGREED' }],
      disputes: [{ witness: planted('disputing'), kind: planted('kind') }],
    },
    newest_checkpoint: { tree_size: '3', root_hash: Buffer.alloc(32), witnesses: [planted('cosigner')] },
    retention: [{ retention_class: planted('class'), months: 24 }],
  }),
  findEntries: async () => ({ entries: [entry()], next_page_token: planted('token') }),
  savedFilters: async () => ({ filters: [{ name: planted('filter'), filter: {}, events: [planted('filter.event')] }] }),
  inspect: async () => ({
    entry: entry(),
    caller: JSON.stringify({ [planted('caller.name')]: planted('caller.value') }),
    protected: JSON.stringify({
      attributes: [planted('attribute')],
      note: planted('note'),
      file_reference: planted('reference'),
    }),
    rules: [{ rule: planted('rule'), effect: planted('effect'), source: planted('source') }],
    related: [entry('8')],
    trigger: entry('6'),
    other_side: { state: 'line', consumer: planted('other.consumer'), purpose: planted('other.purpose') },
    receipt: { tlog_proof: planted('proof') },
  }),
  cases: async () => ({ cases: [{ entry: entry(), cause: planted('cause'), state: 'CASE_STATE_OPEN' }] }),
  case: async () => ({
    case: { entry: entry(), cause: planted('cause'), anomaly: { consumer: planted('anomaly') } },
    report: { contact: planted('contact'), measures: planted('measures') },
    steps: [{ time, state: planted('step.state'), actor: planted('actor'), note: planted('step.note') }],
  }),
  reads: async () => ({
    reads: [
      {
        ...{ entry: entry(), role: planted('role'), actor: 'a', view: planted('view') },
        ...{ opened_index: '7', reason: planted('reason'), file_reference: planted('file') },
      },
    ],
  }),
  samples: async () => ({ samples: [sample] }),
  sample: async () => ({
    sample,
    items: [{ log_index: '1', counted: true, finding: planted('finding'), note: planted('finding.note') }],
  }),
  explain: async () => ({
    explanation: {
      permitted: false,
      fields: [planted('field')],
      missing: [planted('missing')],
      matched: [{ rule_id: planted('matched'), part: planted('part'), source: planted('matched.source') }],
      changes: [{ who: planted('who'), edits: [planted('edit')] }],
    },
  }),
};

export async function plantedPages(): Promise<readonly PlantedPage[]> {
  const { current } = await aFederation();
  const jwk = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' });
  const ofLog = { participant: 'node', certificates: [], keys: [{ kid: LOG, use: 'log', alg: 'EdDSA', jwk }] };
  const texts = plantedTexts(current.catalogue) as Catalogue;
  const catalogue = new CurrentCatalogue({ ...texts, keys: [...texts.keys, ofLog as Catalogue['keys'][number]] });
  const clock = new FixedClock(NOW);
  const visitOf = (role: SessionRole): SignedInVisit => ({
    language: 'de',
    path: `/?given=${planted('path')}`,
    account: {
      signedIn: { id: 's', role, assurance: 'high', actor: 'a', signedInAt: 0 },
      name: planted('name'),
      person: undefined,
      csrf: planted('csrf'),
    },
  });
  const [citizen, officer] = [visitOf('citizen'), visitOf('officer')];
  const request = { session: {}, headers: {} } as unknown as FastifyRequest;
  const service = catalogue.lookup.service('kindergeld')!;
  const asked = {
    ...{ service: 'kindergeld', consumer: service.consumer, expires_at: '2026-11-01T00:00:00.000Z', decided: false },
    ...{ roles: ['parent', 'child'], deciderRole: 'parent', returnUrl: planted('return'), applicants: [] },
  };
  const everyAttribute = catalogue.catalogue.evidence_types.flatMap((type) =>
    type.attributes.map(({ id }) => ({ type: type.id, id, value: planted(`${type.id}.${id}`) })),
  );
  const held = {
    ...{ consumer: planted('held.consumer'), purpose: planted('held.purpose'), expires_at: asked.expires_at },
    items: catalogue.catalogue.evidence_types.map(({ id }) => ({
      ...{
        held_id: id,
        evidence_type: id,
        subject_role: 'parent',
        register: planted(`register.of.${id}`),
        waits: true,
      },
      attributes: everyAttribute
        .filter(({ type }) => type === id)
        .map(({ id: attribute, value }) => ({ attribute, title: planted('title'), value })),
    })),
  };
  const opening = {
    ...{ salt: 's', protected_hash: 'p' },
    caller: {
      ...entry(),
      exchange_ref: planted('ref'),
      log_time: '2026-11-01T00:00:00.000Z',
      event: 'retrieval.closed',
    },
  };
  const own = {
    ...{ witnessed: true, attributes: [planted('own.attribute')] },
    ...{ file_reference: planted('own.reference'), representation: planted('own.representation') },
    receipt: { log_index: 7, opening, checkpoint: `${LOG}\n1\n`, inclusion_proof: [] },
  };
  const decision = {
    ...{ trigger_id: 't', log_index: 7, kind: 'CHOICE', legal_basis: planted('basis'), evidence_type: planted('type') },
    ...{ fields: [planted('decision.field')], purpose: planted('decision.purpose'), attester: 'a', revocable: true },
    ...{ requester: planted('requester'), state: 'active', decided_at: asked.expires_at, expires_at: asked.expires_at },
  };
  const standing = {
    ...{ register: planted('standing'), attribute: planted('standing.attribute'), state: 'received' },
    ...{ accepted_at: asked.expires_at, changed_at: asked.expires_at, explanation: planted('explanation') },
  };
  const line = { ...listed, attributes: [planted('line.attribute')], event: 'retrieval', outcome: 'answered' };
  const overview = {
    log: {
      entries: [{ ...listed, event: 'retrieval.closed', outcome: 'released' }],
      next: planted('next'),
      reaches_back_to: '',
    },
    registers: [
      {
        ...{
          register: planted('answer'),
          state: 'entries',
          not_asked: '',
          reaches_back_to: '',
          next: '',
          elapsed_ms: 1,
        },
        entries: [line],
      },
    ],
  } as unknown as Overview;
  const node = {
    profile: { node: { issuer: 'https://node.example' } },
    oversight,
    searchEntries: async () => ({ entries: [listed], next: '', reaches_back_to: '' }),
    lookUp: async () => 'token',
    decisions: { open: async () => asked, openFor: async () => asked, preview: async () => held },
    listOwnEntries: async () => overview.log,
    citizen: {
      askRegisters: async () => overview.registers,
      openEntry: async () => own,
      listDecisions: async () => ({ decisions: [decision], next: planted('next'), isCut: true }),
      discrepancy: async () => standing,
    },
  } as unknown as PagesConnection;
  const lookup = { find: async () => ({ subjectToken: 't' }), show: () => planted('shown') } as unknown as OwnLookup;
  const citizens = {
    with: async (_: unknown, ask: (it: object) => unknown) => ask({}),
    show: () => planted('shown'),
  } as unknown as Citizens;
  const decide = new DecidePage(node, catalogue, lookup);
  const preview = new PreviewPage(node, catalogue, lookup);
  const samples = new SamplesPage(node);
  const cases = new CasesPage(node, catalogue, clock);
  const entries = new LogEntryPage(node, catalogue);
  const ownEntries = new EntryPage(citizens, node, catalogue);
  const search = new PersonSearchPage(node, catalogue, clock);
  const grounds = { reason: planted('grounds'), file_reference: planted('grounds.reference') };
  const person = { family_name: planted('searched'), given_names: 'x', birth_date: '1980' };
  const filter = { consumer: planted('filter.consumer'), page: planted('filter.page') };
  const question = { consumer: 'x', register: 'x', evidence_type: 'x', purpose: 'x', legal_basis: 'x' };

  const views: readonly (readonly [string, SignedInVisit, unknown, readonly string[]])[] = [
    ['decide', citizen, decide.show(citizen, request, SECRET), []],
    ['decide, before signing in', officer, decide.show(officer, request, SECRET), [planted('shown')]],
    ['preview', citizen, preview.show(citizen, request, UUID), everyAttribute.map(({ value }) => value)],
    ['account', citizen, new AccountPage(catalogue, { participant: 'pages', url: '' }).show(citizen), []],
    ['data, to choose', citizen, new DataPage(citizens, node, catalogue).choose(request, citizen), []],
    [
      'data',
      citizen,
      new DataPage(citizens, node, catalogue).show(request, citizen, undefined, undefined),
      [planted('entry.consumer'), planted('line.attribute'), planted('answer')],
    ],
    [
      'own entry',
      citizen,
      ownEntries.show(request, citizen, '7'),
      [planted('own.attribute'), planted('own.reference'), planted('own.representation')],
    ],
    [
      'check',
      citizen,
      new CheckPage(citizens, node, catalogue).show(request, citizen, '7'),
      [planted('entry.consumer')],
    ],
    [
      'question',
      citizen,
      new QuestionPage(catalogue).show(citizen, {
        register: REGISTER,
        line: `${asked.expires_at} familienkasse-online`,
      }),
      [],
    ],
    ['report', citizen, ownEntries.standing(request, citizen, '7'), [planted('explanation'), planted('standing')]],
    [
      'decisions',
      citizen,
      new DecisionsPage(citizens, node, catalogue).show(request, citizen, undefined, undefined),
      [planted('requester'), planted('decision.field'), planted('decision.purpose')],
    ],
    [
      'overview',
      officer,
      new OverviewPage(node, catalogue, clock).show(officer, undefined),
      [
        'outcome',
        'refusal',
        'alarm',
        'trend.consumer',
        'flow.register',
        'witness',
        'origin',
        'disputing',
        'reconciled',
        'cosigner',
        'class',
      ].map(planted),
    ],
    ['entries', officer, new EntriesPage(node, catalogue).show(officer, filter), [...ENTRY_SHOWN, planted('filter')]],
    [
      'entry',
      officer,
      entries.open(officer, '7', { reason: 'x'.repeat(10), file_reference: 'x' }),
      [...ENTRY_SHOWN, ...['caller.name', 'note', 'reference', 'rule', 'other.consumer', 'proof'].map(planted)],
    ],
    ['person search', officer, search.show(officer, request), []],
    ['person found', officer, search.search(officer, request, { ...person, ...grounds }), ENTRY_SHOWN],
    ['incidents', officer, cases.incidents(officer, {}), [planted('cause')]],
    ['case', officer, cases.show(officer, '7', {}), [planted('cause'), planted('step.note')]],
    ['reads', officer, new ReadsPage(node).show(officer, {}), ['view', 'reason', 'file', 'role'].map(planted)],
    ['samples', officer, samples.show(officer, {}), []],
    ['sample', officer, samples.work(officer, request, '7'), ['finding', 'finding.note', 'checkpoint'].map(planted)],
    ['permissions', officer, new PermissionsPage(catalogue).show(officer, {}), []],
    ['impact', officer, new ImpactPage(node, catalogue, clock).show(officer), []],
    ['processing', officer, new ProcessingPage(node, catalogue).show(officer), []],
    [
      'explanation',
      officer,
      new ExplanationPage(node, catalogue).show(officer, question),
      ['field', 'missing', 'matched', 'part', 'who', 'edit'].map(planted),
    ],
  ];
  const rendered = views.map(async ([name, visit, view, shown]) => ({
    name,
    html: htmlOf((await view) as View, visit),
    // Of who is signed in on every page.
    shown: [...shown, planted('name')],
  }));
  return Promise.all(rendered);
}
