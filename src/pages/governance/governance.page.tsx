import { Controller } from '@nestjs/common';
import { PagesConnection } from '../../client/pages-connection.js';
import { isoTime } from '../../platform/clock.js';
import { instant, Table } from '../oversight/widgets.js';
import { ShowAt } from '../page-at.js';
import type { View } from '../view.js';
import { type SignedInVisit, VisitingSignedIn } from '../visit.js';
import { READING } from './admission.js';
import { GOVERNANCE_TEXTS } from './governance-texts.js';
import { momentOf, stateOf } from './proposal-facts.js';

/** docs/governance.md: files come from where they were written and signed for, not through a browser (ADR 114). */
const PROPOSE = 'npx einmal policy propose <files …> --profile <profile> --as <administrator> --key <key>';

/** What was in force, and what is proposed: two persons change the rules. */
@Controller()
export class GovernancePage {
  constructor(private readonly node: PagesConnection) {}

  @ShowAt('governance', READING)
  async show(@VisitingSignedIn() { account, language }: SignedInVisit): Promise<View> {
    const texts = GOVERNANCE_TEXTS[language];
    const { signedIn } = account;
    const { activations = [], proposals = [] } = await this.node.governance.versions(signedIn);
    return {
      title: texts.title,
      body: (
        <>
          <p class="kern-body">{texts.lead}</p>
          {signedIn.role === 'administrator' ? (
            <>
              <p class="kern-body">{texts.proposing}</p>
              <pre class="command">
                <code>{PROPOSE}</code>
              </pre>
            </>
          ) : null}
          <h2 class="kern-heading-medium">{texts.proposals}</h2>
          <Table
            caption={texts.proposals}
            columns={[texts.version, texts.state, texts.by, texts.at, texts.moment, texts.decided, texts.proposal]}
            rows={proposals.map((it) => [
              shortVersion(it.version),
              stateOf(it, texts),
              it.proposed_by,
              instant(isoTime(it.propose_time), language),
              momentOf(it, language),
              it.decided_by,
              <a
                key="look"
                class="kern-link"
                href={`/governance/proposals/${it.proposal}`}
                aria-label={`${texts.look}: ${it.version}`}
              >
                {texts.look}
              </a>,
            ])}
            language={language}
          />
          <h2 class="kern-heading-medium">{texts.inForce}</h2>
          <Table
            caption={texts.inForce}
            columns={[texts.number, texts.version, texts.since, texts.proposal]}
            rows={activations.map(({ number, version, activate_time, proposal = '' }) => [
              number,
              shortVersion(version),
              instant(isoTime(activate_time), language),
              proposal === '' ? texts.fromFiles : proposal,
            ])}
            language={language}
          />
          {signedIn.role === 'administrator' ? null : (
            <ul class="kern-list kern-list--bullet">
              {(
                [
                  ['/oversight/permissions', texts.matrix],
                  ['/oversight/explanation', texts.why],
                ] as const
              ).map(([path, title]) => (
                <li key={path}>
                  <a class="kern-link" href={path}>
                    {title}
                  </a>
                </li>
              ))}
            </ul>
          )}
        </>
      ),
    };
  }
}

/** As logs call it: nobody compares the whole of it by eye, and the page of a proposal has it. */
function shortVersion(version = '') {
  return (
    <code key="version" title={version}>
      {version.slice(0, 12)}
    </code>
  );
}
