import { Controller, Param, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { CurrentCatalogue } from '../../catalogue/current-catalogue.js';
import type { DecisionState, OwnDecision } from '../../client/citizen-calls.js';
import { PagesConnection } from '../../client/pages-connection.js';
import { SendTo, ShowAt } from '../page-at.js';
import { CsrfField } from '../shell/form.js';
import type { Redirect, View } from '../view.js';
import { type Visit, Visiting } from '../visit.js';
import { FOR_CITIZENS } from './admission.js';
import { Citizens } from './citizens.js';
import { DECISION_TEXTS } from './decision-texts.js';
import { indexOf } from './index-of.js';
import { OWN_PURPOSE } from './sentences.js';
import { Titles } from './titles.js';

/** Entries that are looked through for one page of the list. */
const ENTRIES = 500;
const STATES: readonly DecisionState[] = ['active', 'used', 'expired', 'withdrawn'];

/** What a person decided, and one press to take it back (GDPR Art. 7 (3)). */
@Controller()
export class DecisionsPage {
  constructor(
    private readonly citizens: Citizens,
    private readonly node: PagesConnection,
    private readonly catalogue: CurrentCatalogue,
  ) {}

  @ShowAt('decisions', FOR_CITIZENS)
  async show(
    @Req() request: FastifyRequest,
    @Visiting() visit: Visit,
    @Query('before') before: unknown,
    @Query('withdrawn') withdrawn: unknown,
  ): Promise<View> {
    const part = { size: ENTRIES, ...(typeof before === 'string' && { token: before }) };
    const { decisions, next, isCut } = await this.citizens.with(request, (citizen) =>
      this.node.citizen.listDecisions(citizen, part),
    );
    const texts = DECISION_TEXTS[visit.language];
    const titles = new Titles(this.catalogue.lookup, visit.language);
    return {
      title: texts.title,
      body: (
        <>
          {withdrawn === undefined ? null : (
            <div class="kern-alert kern-alert--success" role="status">
              <div class="kern-alert__header">
                <span class="kern-title">{texts.withdrawn}</span>
              </div>
            </div>
          )}
          <p class="kern-body kern-body--large">{texts.lead}</p>
          <p class="kern-body">{texts.effect}</p>
          <p class="kern-body">{texts.limit}</p>
          {isCut ? <p class="kern-body">{texts.cut}</p> : null}
          {STATES.map((state) => {
            const own = decisions.filter((it) => it.state === state);
            return (
              <section key={state} aria-labelledby={`state-${state}`} data-state={state}>
                <h2 class="kern-heading-medium" id={`state-${state}`}>
                  {`${texts.states[state]} (${own.length})`}
                </h2>
                {own.length === 0 ? <p class="kern-body">{texts.none}</p> : null}
                <Decisions decisions={own.filter((it) => !isOwnSearch(it))} titles={titles} visit={visit} />
                <OwnSearches decisions={own.filter(isOwnSearch)} titles={titles} visit={visit} />
              </section>
            );
          })}
          {next === '' ? null : (
            <p class="kern-body">
              <a class="kern-link" href={`/decisions?${new URLSearchParams({ before: next }).toString()}`}>
                {texts.more}
              </a>
            </p>
          )}
        </>
      ),
    };
  }

  @SendTo('decisions/:index/withdraw', FOR_CITIZENS)
  async withdraw(@Req() request: FastifyRequest, @Param('index') given: string): Promise<Redirect> {
    const index = indexOf(given);
    await this.citizens.with(request, (citizen) => this.node.citizen.withdrawDecision(citizen, index));
    return { redirectTo: '/decisions?withdrawn' };
  }
}

type Several = Readonly<{ decisions: readonly OwnDecision[]; titles: Titles; visit: Visit }>;
type Shown = Readonly<{ decision: OwnDecision; titles: Titles; visit: Visit }>;

/** By which the person was found at these pages: each look is a decision, and there are many. */
function isOwnSearch({ purpose }: OwnDecision): boolean {
  return purpose === OWN_PURPOSE;
}

function Decisions({ decisions, titles, visit }: Several) {
  return decisions.length === 0 ? null : (
    <ul class="entries">
      {decisions.map((it) => (
        <Decision key={it.trigger_id} decision={it} titles={titles} visit={visit} />
      ))}
    </ul>
  );
}

function OwnSearches(several: Several) {
  const { decisions, titles } = several;
  return decisions.length === 0 ? null : (
    <details class="kern-accordion">
      <summary class="kern-accordion__header">
        <span class="kern-title">{`${DECISION_TEXTS[titles.language].lookup} (${decisions.length})`}</span>
      </summary>
      <div class="kern-accordion__body">
        <Decisions {...several} />
      </div>
    </details>
  );
}

function Decision({ decision, titles, visit }: Shown) {
  const texts = DECISION_TEXTS[titles.language];
  const { requester, evidence_type: type, fields, purpose, legal_basis: basis, log_index: index } = decision;
  const law = titles.law(purpose, basis);
  const attributes = fields.map((it) => titles.attribute(type, it)).join(', ');
  const title = `decision-${index}`;
  return (
    <li>
      <h3 class="kern-heading-small" id={title}>
        {isOwnSearch(decision) ? texts.lookup : `${titles.participant(requester)}: ${titles.evidence(type)}`}
      </h3>
      <dl class="kern-description-list">
        {[
          [texts.what, attributes],
          [texts.why, law === '' ? titles.purpose(purpose) : `${titles.purpose(purpose)} (${law})`],
          [texts.decided, titles.time(decision.decided_at)],
          [texts.ends, titles.time(decision.expires_at)],
        ].map(([key, value]) => (
          <div key={key} class="kern-description-list-item">
            <dt class="kern-description-list-item__key">{key}</dt>
            <dd class="kern-description-list-item__value">{value}</dd>
          </div>
        ))}
      </dl>
      {decision.revocable ? (
        <form method="post" action={`/decisions/${index}/withdraw`}>
          <CsrfField visit={visit} />
          <button class="kern-btn kern-btn--secondary" type="submit" aria-describedby={title}>
            <span class="kern-label">{texts.withdraw}</span>
          </button>
        </form>
      ) : null}
    </li>
  );
}
