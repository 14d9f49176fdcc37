import type { Catalogue, Language, Limits, Rule } from '../../catalogue/catalogue.js';
import type { CurrentCatalogue } from '../../catalogue/current-catalogue.js';
import { isoTime } from '../../platform/clock.js';
import type { GetOverviewResponse__Output as Overview } from '../../platform/rpc-types/einmal/broker/v1/GetOverviewResponse.js';
import { inLanguage } from '../language.js';
import { type Processing, processingsOf, withoutService } from './processings.js';
import { normOf, purposeTitle, titleOf } from './titles.js';

/** One kind of evidence that a service or an authority with a task of its own asks for, and why no more of it. */
export type Necessity = Readonly<{
  service: string;
  evidence_type: string;
  legal_basis: string;
  /** Act of the person or task that has to be there: `CHOICE`, `CONSENT`, `EXPLICIT_REQUEST`, `STATUTORY_TASK`. */
  trigger: string;
  preview: boolean;
  fields: readonly string[];
  /** What the register has beyond that, and nobody gets for this. */
  left_out: readonly string[];
}>;

export type Volume = Readonly<{ consumer: string; register: string; retrievals: number; released: number }>;
type Count = Readonly<{ name: string; count: number }>;
export type LimitedRule = Readonly<{ rule: string; consumer: string; limits: Limits }>;

/** Inputs of an impact assessment, in the order of GDPR Art. 35 Abs. 7; what they mean for persons is for people to assess. */
export type ImpactInputs = Readonly<{
  catalogue_version: string;
  period: Readonly<{ from: string; to: string }>;
  /** Lit. a. */
  description: Readonly<{ processings: readonly Processing[]; volumes: readonly Volume[] }>;
  /** Lit. b. */
  necessity: readonly Necessity[];
  /** Lit. c: what happened, by kind. */
  risks: Readonly<{
    alarms: readonly Count[];
    refusals: readonly Count[];
    outcomes: readonly Count[];
    open_retrievals: number;
    erasure_due: boolean;
  }>;
  /** Lit. d. */
  measures: Readonly<{
    denials: readonly string[];
    limits: readonly LimitedRule[];
    retention: Catalogue['retention'];
    witnesses: Readonly<{ named: number; needed: number; cosigned: number; logged: number; disputes: number }>;
    reconciled: readonly Readonly<{ register: string; to: string }>[];
    check_inside_areas: boolean;
    thresholds: Readonly<Record<string, number>>;
  }>;
}>;

export function impactInputs(current: CurrentCatalogue, overview: Overview, language: Language): ImpactInputs {
  const { catalogue } = current;
  const { alarms, refusals, outcomes, log, flows = [], reconciled = [] } = overview;
  const named = (id: string | undefined) => titleOf(current, id ?? '', language);
  return {
    catalogue_version: catalogue.version,
    period: { from: isoTime(overview.from_time), to: isoTime(overview.to_time) },
    description: {
      processings: processingsOf(current, language),
      volumes: flows.map(({ consumer, register, retrievals, released }) => ({
        ...{ consumer: named(consumer), register: named(register) },
        ...{ retrievals: Number(retrievals ?? 0), released: Number(released ?? 0) },
      })),
    },
    necessity: necessityOf(current, language),
    risks: {
      alarms: countsOf(alarms),
      refusals: countsOf(refusals),
      outcomes: countsOf(outcomes),
      open_retrievals: Number(overview.open_retrievals ?? 0),
      erasure_due: overview.erasure_due ?? false,
    },
    measures: {
      denials: catalogue.rules.filter(({ effect }) => effect === 'deny').map(({ id }) => id),
      limits: catalogue.rules.flatMap((rule) => limitsOf(rule, named)),
      retention: catalogue.retention,
      witnesses: {
        named: log?.witnesses?.length ?? 0,
        needed: log?.quorum ?? 0,
        cosigned: Number(log?.witnessed_size ?? 0),
        logged: Number(log?.tree_size ?? 0),
        disputes: log?.disputes?.length ?? 0,
      },
      reconciled: reconciled.map((it) => ({ register: named(it.register), to: isoTime(it.reconciled_to_time) })),
      check_inside_areas: catalogue.settings.check_inside_areas,
      thresholds: { ...catalogue.settings.oversight },
    },
  };
}

function necessityOf(current: CurrentCatalogue, language: Language): readonly Necessity[] {
  const ofServices = current.catalogue.services.flatMap(({ title, needs }) =>
    needs.map((need) => ({ ...need, service: inLanguage(title, language) })),
  );
  const ofTasks = withoutService(current).map(({ rule, fields }) => ({
    ...{ evidence_type: rule.evidence_type, legal_basis: rule.legal_basis, fields },
    service: `${purposeTitle(current, rule.purpose, language)}: ${titleOf(current, rule.consumer, language)}`,
  }));
  return [...ofServices, ...ofTasks].map(({ service, evidence_type, legal_basis, fields }) => {
    const type = current.lookup.evidenceType(evidence_type);
    const basis = current.lookup.legalBasis(legal_basis);
    return {
      ...{ service, evidence_type, legal_basis: normOf(current, legal_basis) },
      trigger: basis?.trigger ?? '',
      preview: basis?.preview ?? false,
      fields,
      left_out: (type?.attributes ?? []).map(({ id }) => id).filter((id) => !fields.includes(id)),
    };
  });
}

function limitsOf({ id, consumer, limits }: Rule, named: (id: string) => string): readonly LimitedRule[] {
  return limits === undefined ? [] : [{ rule: id, consumer: named(consumer), limits }];
}

function countsOf(counts: Overview['outcomes']): readonly Count[] {
  return (counts ?? []).map(({ name = '', count }) => ({ name, count: Number(count ?? 0) }));
}
