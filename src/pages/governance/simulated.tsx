import type { Language } from '../../catalogue/catalogue.js';
import type { CurrentCatalogue } from '../../catalogue/current-catalogue.js';
import type { FlippedDecision__Output } from '../../platform/rpc-types/einmal/broker/v1/FlippedDecision.js';
import type { SimulateCatalogueResponse__Output } from '../../platform/rpc-types/einmal/broker/v1/SimulateCatalogueResponse.js';
import { OVERSIGHT_TEXTS } from '../oversight/oversight-texts.js';
import { attributeTitles, evidenceTitle, purposeTitle, titleOf } from '../oversight/titles.js';
import { amount, Table } from '../oversight/widgets.js';
import { wordFor } from '../oversight/words.js';
import { GOVERNANCE_TEXTS } from './governance-texts.js';

type Props = Readonly<{ simulation: SimulateCatalogueResponse__Output; current: CurrentCatalogue; language: Language }>;

/** Which decisions would have been other ones, and where a demand goes. */
export function Simulated({ simulation, current, language }: Props) {
  const texts = GOVERNANCE_TEXTS[language];
  const common = OVERSIGHT_TEXTS[language];
  const { replayed, not_replayed, flipped = [], loosened = [] } = simulation;
  const sum = flipped.reduce((count, it) => count + Number(it.count ?? 0), 0);
  const counts = {
    replayed: amount(replayed, language),
    flipped: amount(sum, language),
    notReplayed: amount(not_replayed, language),
  };
  return (
    <>
      <p class="kern-body kern-body--large" role="status">
        {texts.simulated(counts)}
      </p>
      {flipped.length === 0 ? null : (
        <Table
          caption={texts.simulation}
          columns={[
            ...[texts.count, common.consumer, common.register, texts.evidence, common.purpose],
            ...[texts.before, texts.after, texts.gained, texts.lost, texts.rules],
          ]}
          numeric={[0]}
          rows={flipped.map((it) => [
            amount(it.count, language),
            titleOf(current, it.consumer ?? '', language),
            titleOf(current, it.register ?? '', language),
            evidenceTitle(current, it.evidence_type ?? '', language),
            purposeTitle(current, it.purpose ?? '', language),
            verdict(it.permitted_before, it.reason_before, language),
            verdict(it.permitted_after, it.reason_after, language),
            attributeTitles(current, it.evidence_type ?? '', it.fields_gained ?? [], language),
            attributeTitles(current, it.evidence_type ?? '', it.fields_lost ?? [], language),
            rulesOf(it),
          ])}
          language={language}
        />
      )}
      {loosened.length === 0 ? null : (
        <section>
          <h3 class="kern-heading-small">{texts.loosened}</h3>
          <p class="kern-body">{texts.loosenedLead}</p>
          <Table
            caption={texts.loosened}
            columns={[texts.rules, texts.remaining, texts.demands]}
            rows={loosened.map(({ rule, remaining, demands = [] }) => [rule, remaining, demands.join(', ')])}
            language={language}
          />
        </section>
      )}
    </>
  );
}

function verdict(isPermitted: boolean | undefined, reason: string | undefined, language: Language): string {
  const texts = GOVERNANCE_TEXTS[language];
  if (isPermitted) return texts.permitted;
  const named = (reason ?? '').replace('ERROR_REASON_', '');
  return named === '' || named === 'UNSPECIFIED' ? texts.refused : `${texts.refused}: ${wordFor(named, language)}`;
}

function rulesOf({ rule_ids = [], rule_ids_before = [] }: FlippedDecision__Output): string {
  return `${rule_ids_before.join(', ') || '–'} → ${rule_ids.join(', ') || '–'}`;
}
