import { randomUUID } from 'node:crypto';
import { NodeIdentity } from '../../src/access/node-identity.js';
import { AuditLog } from '../../src/audit/audit-log.js';
import type { AuditReceipt, NewEntry } from '../../src/audit/log-store.js';
import { CurrentCatalogue } from '../../src/catalogue/current-catalogue.js';
import type { RouteParameters } from '../../src/catalogue/route.js';
import type { Trigger } from '../../src/consent/trigger.js';
import { TriggerDesk } from '../../src/consent/trigger-desk.js';
import { TriggerSeals } from '../../src/consent/trigger-seals.js';
import { DecryptionKeys } from '../../src/evidence/decryption-keys.js';
import { EvidenceInspector } from '../../src/evidence/evidence-inspector.js';
import { AnswerOnce } from '../../src/exchange/answer-once.js';
import { RegisterInquiry } from '../../src/exchange/ask-register.js';
import { AttestedReleases } from '../../src/exchange/attested-releases.js';
import { CollectEvidence, CollectEvidenceHandler } from '../../src/exchange/collect-evidence.js';
import { DecideRelease, DecideReleaseHandler } from '../../src/exchange/decide-release.js';
import { DeferralDesk } from '../../src/exchange/deferral-desk.js';
import { DeferralSeals } from '../../src/exchange/deferral-seals.js';
import { type Emit, EvidenceEmission } from '../../src/exchange/emit-evidence.js';
import type { ExchangeContext, RequestedSubject } from '../../src/exchange/exchange.js';
import { ExchangeAdmission } from '../../src/exchange/exchange-admission.js';
import { ExchangeOutcome } from '../../src/exchange/exchange-outcome.js';
import { EvidenceFetch } from '../../src/exchange/fetch-evidence.js';
import { FixedSlot } from '../../src/exchange/fixed-slot.js';
import { EvidenceHold } from '../../src/exchange/hold-evidence.js';
import { SubjectIdentification } from '../../src/exchange/identify-subjects.js';
import { ExchangeJournal } from '../../src/exchange/journal.js';
import { LateAnswers } from '../../src/exchange/late-answers.js';
import { LookupAllowance } from '../../src/exchange/lookup-allowance.js';
import { PermissionInForce } from '../../src/exchange/permission-in-force.js';
import { PersonAllowance } from '../../src/exchange/person-allowance.js';
import { PrefillForm, PrefillFormHandler } from '../../src/exchange/prefill-form.js';
import { ExchangePreparation } from '../../src/exchange/prepare-exchange.js';
import { PreviewEvidence, PreviewEvidenceHandler } from '../../src/exchange/preview-evidence.js';
import { EvidenceRelease } from '../../src/exchange/release-evidence.js';
import { ResolveIdentity, ResolveIdentityHandler } from '../../src/exchange/resolve-identity.js';
import { RetrievalResumption } from '../../src/exchange/resume-retrieval.js';
import { type NamedNeed, RetrieveEvidence, RetrieveEvidenceHandler } from '../../src/exchange/retrieve-evidence.js';
import { CurrentRules } from '../../src/permission/current-rules.js';
import { notBefore } from '../../src/platform/call.js';
import type { Caller } from '../../src/platform/caller.js';
import { RepeatBudget } from '../../src/platform/guard/repeat-budget.js';
import { operationalLog } from '../../src/platform/operational-log.js';
import { Seal } from '../../src/platform/secrets.js';
import { RegisterPresentation } from '../../src/registers/presentation.js';
import type { VerifiedAttestation } from '../../src/tokens/attestation.js';
import { textHash } from '../../src/tokens/digest.js';
import type { OwnStatement } from '../../src/tokens/own-statement.js';
import type { PersonKey } from '../../src/tokens/register-request.js';
import { attestRelease, type ReleaseDecision } from '../../src/tokens/release-attestation.js';
import { subjectCommitment } from '../../src/tokens/subject-commitment.js';
import { withEffects } from '../audit/entries.js';
import { FixedClock, logSigner, MemoryKeyVault } from '../audit/log-keys.js';
import { MemoryLogStore } from '../audit/memory-log-store.js';
import { MemoryTriggerStore } from '../consent/memory-trigger-store.js';
import { aFederation } from '../register-edge/federation.js';
import { aTrigger, CONSUMER, NOW, SALT } from '../support/builders.js';
import { FakeDirectory, FakeGateway, FakeIntermediary, type Story } from './fake-parties.js';
import { MemoryDeferralStore } from './memory-deferral-store.js';
import { MemoryHeldStore } from './memory-held-store.js';
import { MemoryMisidentified } from './memory-misidentified.js';
import { MemoryPersonLimits } from './memory-person-limits.js';
import { MemoryRepeatStore } from './memory-repeat-store.js';

const federation = await aFederation();
const service = federation.current.lookup.service('kindergeld')!;
const purpose = federation.current.lookup.purpose(service.purpose)!;
export const SLOT_MS = 20;
export const HORIZON_MS = 30 * 86_400_000;
export const KEEP_ANSWER_MS = 72 * 3_600_000;
/** So many lookups of an hour may find nobody. */
export const MISIDENTIFICATIONS = 5;

export const KEYS: Readonly<Record<string, PersonKey>> = {
  parent: { set: 'name', family_name: 'Musterfrau', given_names: 'Erika', birth_date: '1990-04-05' },
  child: { set: 'name', family_name: 'Musterkind', given_names: 'Jördis', birth_date: '2019-03-01' },
};

/** The log of the world: tells the story and can be made to fail from a moment on. */
export class StoryLog extends MemoryLogStore {
  /** Runs before each append. */
  before: (events: readonly string[]) => Promise<void> = async () => undefined;
  story: Story = [];

  override async append(entries: readonly NewEntry[]): Promise<AuditReceipt[]> {
    await this.before(entries.map(({ caller }) => caller.event));
    const receipts = await super.append(entries);
    this.story.push(...entries.map(({ caller }) => `log ${caller.event}`));
    return receipts;
  }
}

type Ask = Partial<{
  requestId: string;
  triggers: readonly Trigger[];
  subjects: readonly RequestedSubject[];
  where: RouteParameters;
  caller: Caller;
  deadline: number;
  /** Aborted by a caller who hangs up. */
  signal: AbortSignal;
  emit: Emit;
}>;

/** A node with everything real but the parties around it and its database. */
export function aWorld(slotMs = SLOT_MS, { nodeHoldsKey = true } = {}) {
  const story: Story = [];
  const clock = new FixedClock(NOW);
  const log = new StoryLog(logSigner, new MemoryKeyVault(), clock);
  log.story = story;
  const store = new MemoryTriggerStore(log);
  const repeats = new MemoryRepeatStore(clock);
  const held = new MemoryHeldStore(log, clock);
  const persons = new MemoryPersonLimits();
  const intermediary = new FakeIntermediary(federation, story);
  const directory = new FakeDirectory(story);
  const gateway = new FakeGateway(federation, story);

  const current = new CurrentCatalogue(federation.current.catalogue);
  const key = federation.key('node', 'trigger');
  const identity = new NodeIdentity('node', 'https://node.example', federation.nodeCertificate, key, key);
  const governing = { isConfirmed: true };
  const inForce = new PermissionInForce(identity, governing, current, new CurrentRules(current), clock);
  const seal = new Seal(Buffer.alloc(32, 7));
  const journal = new ExchangeJournal(log);
  const late = new LateAnswers(journal, operationalLog('node', 'silent'));
  const slot = new FixedSlot(slotMs, clock);
  const desk = new TriggerDesk(store, current, clock);
  const presentation = new RegisterPresentation(identity, intermediary, clock);
  const lookups = new LookupAllowance(
    new MemoryMisidentified(log),
    new AuditLog(log),
    clock,
    MISIDENTIFICATIONS,
    slotMs,
  );
  const admission = new ExchangeAdmission(clock);
  const identification = new SubjectIdentification(directory, presentation, inForce, journal, late, lookups, admission);
  const consumerKey = federation.key(CONSUMER, 'encryption');
  const decryption = new DecryptionKeys(
    new Map((nodeHoldsKey ? [CONSUMER, 'elterngeld-online'] : []).map((it) => [it, [consumerKey.key]])),
  );
  const inspector = new EvidenceInspector(current, decryption, clock);
  const limits = { registerTimeoutMs: 2000, reserveMs: 150 };
  const fetch = new EvidenceFetch(
    identification,
    presentation,
    inForce,
    new RegisterInquiry(gateway, inForce, journal, new RepeatBudget(0.1), clock, operationalLog('node', 'silent')),
    inspector,
    journal,
    late,
    clock,
    limits,
    operationalLog('node', 'silent'),
    admission,
  );
  const hold = new EvidenceHold(held, journal, seal, inspector, clock, 3_600_000);
  const emission = new EvidenceEmission(journal, inForce, late, clock, operationalLog('node', 'silent'));
  const release = new EvidenceRelease(journal, inForce, late, slot, clock);
  const preparation = new ExchangePreparation(
    current,
    intermediary,
    inForce,
    desk,
    new PersonAllowance(persons, seal, clock),
    seal,
    clock,
    admission,
  );
  const answers = new AnswerOnce(repeats, journal, desk, seal, clock, admission);
  const deferrals = new MemoryDeferralStore(log, clock);
  const deferralSeals = new DeferralSeals(new TriggerSeals(new MemoryKeyVault(), clock));
  const deferralDesk = new DeferralDesk(
    deferrals,
    deferralSeals,
    inspector,
    clock,
    HORIZON_MS,
    operationalLog('node', 'silent'),
  );
  const resumption = new RetrievalResumption(
    deferrals,
    deferralSeals,
    current,
    intermediary,
    inForce,
    fetch,
    gateway,
    journal,
    late,
    clock,
    KEEP_ANSWER_MS,
  );
  const outcome = new ExchangeOutcome(
    fetch,
    hold,
    deferralDesk,
    release,
    late,
    inForce,
    emission,
    lookups,
    slot,
    clock,
    limits,
  );
  const prefillHandler = new PrefillFormHandler(current, desk, preparation, outcome, inForce, answers);
  const retrieveHandler = new RetrieveEvidenceHandler(current, desk, preparation, outcome, inForce, answers);
  const resolveHandler = new ResolveIdentityHandler(
    current,
    desk,
    preparation,
    identification,
    inForce,
    journal,
    slot,
    lookups,
    answers,
    seal,
    clock,
  );
  const previewHandler = new PreviewEvidenceHandler(hold, desk, journal, inForce);
  const releases = new AttestedReleases(identity, current, clock);
  const decideHandler = new DecideReleaseHandler(releases, intermediary, hold, release, inForce, answers);

  const collectHandler = new CollectEvidenceHandler(
    deferrals,
    deferralSeals,
    intermediary,
    inForce,
    release,
    answers,
    clock,
  );

  const thumbprint = current.lookup.keysOf(CONSUMER)?.certificates[0] ?? '';
  const consumer: Caller = { participant: current.lookup.participant(CONSUMER)!, thumbprint };
  const contextOf = ({
    caller,
    deadline,
    signal: hungUp = new AbortController().signal,
  }: Ask): Omit<ExchangeContext, 'purpose'> => ({
    exchangeId: randomUUID(),
    caller: caller ?? consumer,
    arrivedAt: clock.now(),
    deadline: deadline ?? clock.now() + 5000,
    signal: notBefore(hungUp, slotMs),
    hungUp,
  });
  const keyed = (...roles: readonly string[]): readonly RequestedSubject[] =>
    roles.map((role) => ({ role, kind: 'key', key: KEYS[role]! }));

  return {
    story,
    clock,
    log,
    repeats,
    held,
    current,
    governing,
    intermediary,
    directory,
    gateway,
    hold,
    releases,
    deferrals,
    late,
    admission,
    limits: persons,
    consumer,
    /** Its private decryption key, wherever the node has it too. */
    consumerKey,
    federation,
    service,
    keyed,

    /** A decision as the service asks for it, granted in the log. */
    async decided(
      type: string,
      role: string,
      deviation: Partial<VerifiedAttestation> = {},
      deciderIdnr?: string,
    ): Promise<Trigger> {
      const need = service.needs.find((it) => it.evidence_type === type && it.subject_role === role)!;
      const basis = current.lookup.legalBasis(need.legal_basis)!;
      const { birth_date, ...personKey } = KEYS[role]!;
      const family_name = 'family_name' in personKey ? personKey.family_name : null;
      const commitment = subjectCommitment({ role, salt: SALT, birth_date, family_name, idnr: null });
      const trigger = aTrigger({
        id: randomUUID(),
        ...(deciderIdnr !== undefined && { deciderIdnr }),
        decision: {
          kind: basis.trigger,
          legal_basis: need.legal_basis,
          evidence_type: type,
          fields: [...need.fields].sort(),
          purpose_hash: purpose.hash,
          acting: role === 'child' ? 'REPRESENTATIVE' : 'SELF',
          decider_role: 'parent',
          subject: { role, commitment },
          text_hash: textHash(need.decision_text.de),
          preview: basis.preview ? 'WAIVED' : 'NOT_GRANTED',
          ...deviation,
        },
      });
      await store.put([trigger]);
      await log.append([withEffects({ kind: 'grant-trigger', trigger: trigger.id })]);
      story.length = 0;
      return trigger;
    },

    withdraw: ({ id }: Trigger) => log.append([withEffects({ kind: 'withdraw-trigger', trigger: id })]),

    prefill: (ask: Ask & Readonly<{ triggers: readonly Trigger[] }>) =>
      prefillHandler.execute(
        new PrefillForm(
          contextOf(ask),
          ask.requestId ?? randomUUID(),
          'kindergeld',
          ask.subjects ?? keyed('parent', 'child'),
          ask.triggers.map(({ id }) => id),
          ask.where ?? { ars: '04011000' },
          ask.emit,
        ),
      ),

    retrieve: (needs: readonly NamedNeed[], identityTriggers: readonly Trigger[], ask: Ask = {}) =>
      retrieveHandler.execute(
        new RetrieveEvidence(
          contextOf(ask),
          ask.requestId ?? randomUUID(),
          service.purpose,
          ask.subjects ?? keyed('parent'),
          needs,
          identityTriggers.map(({ id }) => id),
        ),
      ),

    resolve: (triggers: readonly Trigger[], ask: Ask = {}) =>
      resolveHandler.execute(
        new ResolveIdentity(
          contextOf(ask),
          ask.requestId ?? randomUUID(),
          'kindergeld',
          ask.subjects ?? keyed('parent', 'child'),
          triggers.map(({ id }) => id),
        ),
      ),

    /** What is due of what is kept open, as the job does it. */
    async resumeDue() {
      const due = [...deferrals.due].filter(([, at]) => at <= clock.now());
      const resumed = [];
      for (const [id] of due) {
        deferrals.due.delete(id);
        resumed.push(await resumption.resume(id, new AbortController().signal));
      }
      return resumed;
    },
    resume: (id: string) => resumption.resume(id, new AbortController().signal),

    collect: (exchangeId: string, ask: Ask = {}) =>
      collectHandler.execute(new CollectEvidence(contextOf(ask), ask.requestId ?? randomUUID(), exchangeId)),

    preview: (exchangeId: string, heldIds: readonly string[] = [], ask: Ask = {}) =>
      previewHandler.execute(new PreviewEvidence(contextOf(ask), exchangeId, heldIds)),

    /** As `PreviewAtPages` does it, once it has found whose it is. */
    previewAtPages: (exchangeId: string) =>
      previewHandler.execute(new PreviewEvidence(contextOf({}), exchangeId, [], true)),

    attestRelease: (
      exchangeId: string,
      decisions: readonly ReleaseDecision[],
      attester = CONSUMER,
      statements: readonly OwnStatement[] = [],
    ) => {
      const by = { attester, node: 'node', key: federation.key(attester, 'attestation'), nowMs: clock.now() };
      return attestRelease(exchangeId, decisions, by, statements);
    },

    async decide(
      exchangeId: string,
      decisions: readonly ReleaseDecision[],
      ask: Ask & { attester?: string; attestation?: string } = {},
    ) {
      const attestation = ask.attestation ?? (await this.attestRelease(exchangeId, decisions, ask.attester));
      return decideHandler.execute(
        new DecideRelease(contextOf(ask), ask.requestId ?? randomUUID(), exchangeId, attestation),
      );
    },

    /** As the consumer fetches what was decided at the pages. */
    fetchReleased: (exchangeId: string, ask: Ask = {}) =>
      decideHandler.execute(new DecideRelease(contextOf(ask), ask.requestId ?? randomUUID(), exchangeId, undefined)),

    /** Entries of the log since the triggers were granted, as the caller may open them. */
    entries: () =>
      log.entries
        .filter(({ draft }) => draft.entry.effects.every(({ kind }) => kind !== 'grant-trigger'))
        .map(({ caller, draft }) => ({ caller, hidden: draft.entry.protected, effects: draft.entry.effects })),
  };
}

export type World = ReturnType<typeof aWorld>;
