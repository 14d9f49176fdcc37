import type { Language } from '../../catalogue/catalogue.js';
import { fromTimestamp, isoTime } from '../../platform/clock.js';
import type { CatalogueProposal__Output } from '../../platform/rpc-types/einmal/broker/v1/CatalogueProposal.js';
import type { CatalogueDecision } from '../../tokens/catalogue-act.js';
import { instant } from '../oversight/widgets.js';
import { Facts } from '../shell/facts.js';
import { GOVERNANCE_TEXTS } from './governance-texts.js';

const STATE = 'CATALOGUE_PROPOSAL_STATE_';

type Words = Readonly<{ states: Readonly<Record<string, string>> }>;

export function stateOf({ state }: CatalogueProposal__Output, { states }: Words): string {
  const name = (state ?? '').replace(STATE, '');
  return states[name] ?? name;
}

/** What is approved may be rejected until it is in force. */
export function isOpen({ state }: CatalogueProposal__Output): boolean {
  return state === `${STATE}PROPOSED` || state === `${STATE}APPROVED`;
}

export function isApproved({ state }: CatalogueProposal__Output): boolean {
  return state === `${STATE}APPROVED`;
}

export function momentOf({ activate_time }: CatalogueProposal__Output, language: Language): string {
  return activate_time ? instant(isoTime(activate_time), language) : GOVERNANCE_TEXTS[language].atOnce;
}

/** As the node holds it against the signature of a decision. */
export function nameOf(proposal: CatalogueProposal__Output): CatalogueDecision['proposal'] {
  const { proposal: id = '', version = '', based_on = '0', activate_time } = proposal;
  return { id, version, based_on: Number(based_on), activate_at: fromTimestamp(activate_time) ?? null };
}

export function ProposalFacts({
  proposal,
  language,
}: Readonly<{ proposal: CatalogueProposal__Output; language: Language }>) {
  const texts = GOVERNANCE_TEXTS[language];
  const { version = '', proposed_by = '', propose_time, decided_by = '', decide_time, reason = '' } = proposal;
  const decided = `${decided_by}, ${instant(isoTime(decide_time), language)}: ${reason}`;
  return (
    <Facts
      rows={[
        [texts.version, version],
        [texts.state, stateOf(proposal, texts)],
        [texts.by, proposed_by],
        [texts.at, instant(isoTime(propose_time), language)],
        [texts.moment, momentOf(proposal, language)],
        ...(decided_by === '' ? [] : [[texts.decided, decided] as const]),
      ]}
    />
  );
}
