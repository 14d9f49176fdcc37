import type { Language, OnlineService, Participant } from '../../catalogue/catalogue.js';
import type { CurrentCatalogue } from '../../catalogue/current-catalogue.js';
import { type PermittedTransfer, permittedTransfers } from '../../catalogue/permitted-transfers.js';
import { isoTime } from '../../platform/clock.js';
import type { ProcessingUse__Output } from '../../platform/rpc-types/einmal/broker/v1/ProcessingUse.js';
import { inLanguage } from '../language.js';
import { PROCESSING_TEXTS } from './processing-texts.js';
import { attributeTitles, evidenceTitle, normOf, purposeTitle, titleOf } from './titles.js';

/** One kind of evidence that may come from these registers, by one rule. */
export type RecordedTransfer = Readonly<{
  rule: string;
  sources: readonly string[];
  evidence_type: string;
  legal_basis: string;
  /** Ids of attributes. */
  fields: readonly string[];
  /** The same to read, with its source. */
  category: string;
}>;

export type Controller = Readonly<{
  name: string;
  contact: string;
  data_protection_officer: string;
  state: 'verified' | 'not_verified' | 'to_be_filled_in';
}>;

/** Times in ISO 8601, full hours. */
export type Use = Readonly<{ retrievals: number; lookups: number; first: string; last: string }>;

/** One processing: what one consumer does for one purpose, with what Art. 30 (1) a to f GDPR want of it. */
export type Processing = Readonly<{
  /** Consumer and purpose. */
  id: string;
  title: string;
  /** Ids; none where the recipient asks in a task of its own. */
  services: readonly string[];
  controller: Controller;
  recipient: string;
  recipient_category: string;
  purpose: string;
  legal_bases: readonly string[];
  subjects: readonly string[];
  categories: readonly string[];
  transfers: readonly RecordedTransfer[];
  /** Days for which rules let the recipient use an answer; the shortest. */
  use_days?: number;
  /** As the log has it; absent where it was never used. */
  use?: Use;
}>;

type Group = Readonly<{ consumer: string; purpose: string; services: OnlineService[]; transfers: PermittedTransfer[] }>;

/** What the catalogue in force lets happen: what is not in it does not. Each transfer that a rule permits is in one of them. */
export function processingsOf(
  current: CurrentCatalogue,
  language: Language,
  uses: readonly ProcessingUse__Output[] = [],
): readonly Processing[] {
  return groupsOf(current).map((group) => {
    const { consumer, purpose, services } = group;
    const transfers = group.transfers.map((it) => recorded(current, it, language));
    const participant = current.lookup.participant(consumer);
    const days = group.transfers.flatMap(({ rule }) => rule.limits?.use_days ?? []);
    const used = uses.find((it) => it.consumer === consumer && it.purpose === purpose);
    return {
      id: `${consumer}/${purpose}`,
      title:
        services.length === 0
          ? purposeTitle(current, purpose, language)
          : services.map(({ title }) => inLanguage(title, language)).join('; '),
      services: services.map(({ id }) => id),
      controller: controllerOf(participant, titleOf(current, consumer, language)),
      recipient: titleOf(current, consumer, language),
      recipient_category: participant === undefined ? '' : PROCESSING_TEXTS[language].kinds[participant.kind],
      purpose: purposeTitle(current, purpose, language),
      legal_bases: [...new Set(transfers.map(({ legal_basis }) => legal_basis))],
      subjects: subjectsOf(services, language),
      categories: transfers.map(({ category }) => category),
      transfers,
      ...(days.length > 0 && { use_days: Math.min(...days) }),
      ...(used && { use: useOf(used) }),
    };
  });
}

/** Transfers that no service asks for: of a recipient with a task of its own. */
export function withoutService(current: CurrentCatalogue): readonly PermittedTransfer[] {
  const asked = current.catalogue.services.flatMap(({ consumer, purpose, needs }) =>
    needs.map(({ evidence_type, legal_basis }) => [consumer, purpose, evidence_type, legal_basis].join()),
  );
  return permittedTransfers(current.lookup).filter(
    ({ rule }) => !asked.includes([rule.consumer, rule.purpose, rule.evidence_type, rule.legal_basis].join()),
  );
}

function groupsOf(current: CurrentCatalogue): readonly Group[] {
  const groups = new Map<string, Group>();
  const groupOf = ({ consumer, purpose }: Readonly<{ consumer: string; purpose: string }>): Group => {
    const key = `${consumer}/${purpose}`;
    const group = groups.get(key) ?? { consumer, purpose, services: [], transfers: [] };
    groups.set(key, group);
    return group;
  };
  for (const service of current.catalogue.services) groupOf(service).services.push(service);
  for (const transfer of permittedTransfers(current.lookup)) groupOf(transfer.rule).transfers.push(transfer);
  // A service that nothing may be retrieved for processes nothing here.
  return [...groups.values()].filter(({ transfers }) => transfers.length > 0);
}

function recorded(
  current: CurrentCatalogue,
  { rule, registers, fields }: PermittedTransfer,
  language: Language,
): RecordedTransfer {
  const sources = registers.map(({ id }) => titleOf(current, id, language));
  const { id, evidence_type } = rule;
  const data = attributeTitles(current, evidence_type, fields, language);
  return {
    ...{ rule: id, sources, evidence_type, legal_basis: normOf(current, rule.legal_basis), fields },
    category: `${evidenceTitle(current, evidence_type, language)} (${sources.join(', ')}): ${data}`,
  };
}

function controllerOf(participant: Participant | undefined, name: string): Controller {
  const { contact } = participant ?? {};
  if (contact === undefined) return { name, contact: '', data_protection_officer: '', state: 'to_be_filled_in' };
  const { controller, data_protection_officer, verified } = contact;
  return { name, contact: controller, data_protection_officer, state: verified ? 'verified' : 'not_verified' };
}

function subjectsOf(services: readonly OnlineService[], language: Language): readonly string[] {
  if (services.length === 0) return [PROCESSING_TEXTS[language].ofEvidence];
  return [...new Set(services.flatMap(({ subjects }) => subjects.map(({ title }) => inLanguage(title, language))))];
}

function useOf({ retrievals, lookups, first_time, last_time }: ProcessingUse__Output): Use {
  return {
    ...{ retrievals: Number(retrievals ?? 0), lookups: Number(lookups ?? 0) },
    ...{ first: isoTime(first_time), last: isoTime(last_time) },
  };
}
