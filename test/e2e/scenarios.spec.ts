import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AttestedDecision } from '../../src/client/attest-decisions.js';
import type { Reason } from '../../src/platform/reasons.js';
import { readScenarios } from '../../src/scenario/read-scenarios.js';
import type { Scenario } from '../../src/scenario/scenario.js';
import type { Decision } from '../../src/tokens/attestation.js';
import { textHash } from '../../src/tokens/digest.js';
import { type Consumer, consumer, retrieval } from '../support/e2e-consumer.js';
import { mother, newborn } from '../support/e2e-people.js';
import { expectRefusal, failureOf } from '../support/e2e-refusal.js';
import { deployedCatalogue } from '../support/e2e-system.js';

/** The fixed sample of the scenarios that also run as an online service meets them: over gRPC, with signed decisions. */
const SAMPLE = readScenarios('test/scenario').filter(({ isSampled }) => isSampled);
const { lookup, services } = (() => {
  const found = deployedCatalogue();
  return { lookup: found, services: found.catalogue.services };
})();

const consumers = new Map<string, Consumer>();
beforeAll(async () => {
  for (const id of ['familienkasse-online', 'elterngeld-online']) consumers.set(id, await consumer(id));
});
afterAll(() => {
  for (const it of consumers.values()) it.close();
});

function consumerOf({ transfer, ask }: Scenario): Consumer {
  const found = consumers.get(ask.consumer ?? transfer.consumer);
  if (found === undefined) throw new Error('no such consumer');
  return found;
}

/** The proper decisions on evidence and lookups, then the one on the evidence as the scenario departs from it. */
async function decide(scenario: Scenario): Promise<readonly AttestedDecision[]> {
  const { transfer, ask } = scenario;
  const by = consumerOf(scenario);
  const service = services.find(({ consumer: offers }) => offers === by.id);
  const need = service?.needs.find((it) => it.evidence_type !== 'identity' && it.subject_role === transfer.about);
  if (service === undefined || need === undefined) throw new Error('no service to decide for');
  const basis = lookup.legalBasis(ask.basis ?? transfer.basis);
  const purpose = lookup.purpose(ask.purpose ?? transfer.purpose);
  if (basis === undefined || purpose === undefined) throw new Error('a sampled scenario is about what there is');
  const isTask = basis.trigger === 'STATUTORY_TASK';
  return by.decide({
    service: service.id,
    applicants: persons(scenario),
    evidence: [need.evidence_type],
    change: (decision) => {
      const about = { purpose: purpose.id, purpose_hash: purpose.hash, ...(isTask ? AS_TASK : {}) };
      if (decision.evidence_type === 'identity')
        return { ...decision, ...about, ...(isTask && { kind: 'STATUTORY_TASK', legal_basis: 'idnrg-6-task' }) };
      return departing(scenario, {
        ...decision,
        ...about,
        kind: basis.trigger,
        legal_basis: basis.id,
        evidence_type: ask.evidence ?? transfer.evidence,
        fields: [...(ask.fields ?? transfer.fields)].sort(),
        assurance: transfer.assurance,
        preview: basis.preview ? 'WAIVED' : 'NOT_GRANTED',
        text_hash: textOf(scenario) ?? decision.text_hash,
      });
    },
  });
}

/** An authority acts without the citizen. */
const AS_TASK = { acting: 'AUTHORITY', decider_role: 'authority', assurance: 'high', preview: 'NOT_GRANTED' } as const;

function departing({ decision }: Scenario, proper: Decision): Decision {
  const purpose = lookup.purpose(decision.purpose ?? proper.purpose);
  return {
    ...proper,
    evidence_type: decision.evidence ?? proper.evidence_type,
    fields: [...(decision.fields ?? proper.fields)].sort(),
    assurance: decision.assurance ?? proper.assurance,
    purpose: decision.purpose ?? proper.purpose,
    purpose_hash: purpose?.hash ?? proper.purpose_hash,
    text_hash: decision.text === 'other' ? textHash('a text that nobody wrote') : proper.text_hash,
  };
}

function textOf({ transfer, ask }: Scenario): string | undefined {
  const { consumer: by, purpose, evidence, about } = { ...transfer, ...ask };
  const needs = services.filter((it) => it.consumer === by && it.purpose === purpose).flatMap((it) => it.needs);
  const need = needs.find((it) => it.evidence_type === evidence && it.subject_role === about);
  return need && textHash(need.decision_text.de);
}

/** The child with the parent who decides for it. */
function persons({ transfer: { about } }: Scenario) {
  return about === 'child' ? [mother, newborn] : [mother];
}

async function ask(scenario: Scenario) {
  const { transfer, ask: asked, decision } = scenario;
  const by = consumerOf(scenario);
  const decisions = await decide(scenario);
  const isTask = decisions.some((it) => it.decision.kind === 'STATUTORY_TASK');
  await by.grant(decisions, isTask ? { file_reference: 'FK-115-2026', acting_official: 'Sachbearbeitung 4711' } : {});
  const isEvidence = (it: AttestedDecision) => it.decision.evidence_type !== 'identity';
  if (decision.is === 'withdrawn') await by.withdraw(decisions.filter(isEvidence).map((it) => it.trigger_id));
  const proper = retrieval(decisions, persons(scenario));
  const request = {
    ...proper,
    purpose: asked.purpose ?? transfer.purpose,
    needs: proper.needs.map((need) => ({
      ...need,
      evidence_type: asked.evidence ?? transfer.evidence,
      // By name, as a form does; where the person decided on less, whatever of it may pass.
      fields: [...(asked.fields ?? (decision.fields === undefined ? transfer.fields : []))],
      ...(decision.nothing ? { trigger_id: randomUUID() } : {}),
    })),
  };
  if (decision.is !== 'used') return by.retrieve(request);
  await by.retrieve(request);
  return by.retrieve({ ...request, request_id: randomUUID() });
}

/** Who asks for everything hears of the denies as well that keep some of it back. */
function allowsAmong(rules: readonly string[] = []): readonly string[] {
  return rules.filter((id) => lookup.catalogue.rules.find((it) => it.id === id)?.effect === 'allow');
}

describe('as an online service meets it', () => {
  it.each(SAMPLE.map((it) => [it.id, it.says, it] as const))('%s %s', async (_id, _says, scenario) => {
    const { permitted, refused, because, rules = [], withheld, register } = scenario.expect;
    if (refused !== undefined) {
      const told = await expectRefusal(ask(scenario), { reason: refused as Reason });
      if (because !== undefined && told.info.rule !== undefined) expect(told.info.rule).toContain(because);
      if (told.info.rules !== undefined) expect(told.info.rules.split(',')).toEqual(rules);
      return;
    }
    const { evidence = [], state } = await ask(scenario);
    const [piece] = evidence;
    expect({ state, rules: allowsAmong(piece?.rule_ids) }).toEqual({ state: 'EXCHANGE_STATE_COMPLETE', rules });
    if (register !== undefined) expect(piece?.register).toBe(register);
    const type = lookup.evidenceType(scenario.transfer.evidence);
    const all = (type?.attributes ?? []).map(({ id }) => id);
    const kept = (piece?.withheld ?? []).map((it) => it.attribute);
    expect(all.filter((it) => !kept.includes(it)).sort()).toEqual([...(permitted ?? [])].sort());
    for (const [attribute, norm] of Object.entries(withheld ?? {}))
      expect(piece?.withheld).toContainEqual({ attribute, norm });
  });

  it('a sample without its system would be none: one that cannot be told apart by its answer fails', async () => {
    const [scenario] = SAMPLE.filter((it) => it.expect.permitted !== undefined);
    const refused = { ...scenario!, decision: { text: 'other' as const } };
    expect((await failureOf(ask(refused))).code).toBe(9);
  });
});
