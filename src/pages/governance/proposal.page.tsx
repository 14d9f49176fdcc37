import { randomUUID } from 'node:crypto';
import { Body, Controller, Param, Query } from '@nestjs/common';
import { CurrentCatalogue } from '../../catalogue/current-catalogue.js';
import { PagesConnection } from '../../client/pages-connection.js';
import { isLine } from '../../platform/decode.js';
import { RpcFailure } from '../../platform/grpc-client.js';
import type { CatalogueProposal__Output } from '../../platform/rpc-types/einmal/broker/v1/CatalogueProposal.js';
import type { SimulateCatalogueResponse__Output } from '../../platform/rpc-types/einmal/broker/v1/SimulateCatalogueResponse.js';
import { UUID } from '../../platform/uuid.js';
import type { CatalogueDecision } from '../../tokens/catalogue-act.js';
import { type QueryOf, textOf } from '../oversight/entry-filter.js';
import { Choice, Input, Submit } from '../oversight/widgets.js';
import { SendTo, ShowAt } from '../page-at.js';
import { PageFault } from '../page-fault.js';
import { Alert } from '../shell/alert.js';
import { CsrfField } from '../shell/form.js';
import { LinkLine } from '../shell/link-line.js';
import type { Answer, Download, View } from '../view.js';
import { type SignedInVisit, VisitingSignedIn } from '../visit.js';
import { DECIDING_ON_RULES, READING } from './admission.js';
import { ChangedFiles } from './changed-files.js';
import { GOVERNANCE_TEXTS } from './governance-texts.js';
import { isApproved, isOpen, nameOf, ProposalFacts } from './proposal-facts.js';
import { Signing } from './signing.js';
import { Simulated } from './simulated.js';

const SIGNATURE = /^[\w-]+\.[\w-]+\.[\w-]+$/;
const DAY_MS = 86_400_000;
const MOST_DAYS = 365;

type Form = Readonly<Record<string, unknown>>;
/** `base`: the version that it was made from. */
type Found = Readonly<{ proposal: CatalogueProposal__Output; base: string }>;
type Shown = Readonly<{ simulation?: SimulateCatalogueResponse__Output; days?: string; fault?: string }>;

/** One proposal: what it changes, what would have been decided otherwise, and the decision of a second person. */
@Controller()
export class ProposalPage {
  constructor(
    private readonly node: PagesConnection,
    private readonly current: CurrentCatalogue,
  ) {}

  @ShowAt('governance/proposals/:id', READING)
  async show(
    @VisitingSignedIn() visit: SignedInVisit,
    @Param('id') id: string,
    @Query() query: QueryOf,
  ): Promise<View> {
    const found = await this.find(visit, id);
    const days = textOf(query, 'days');
    if (days === '') return this.view(visit, found);
    const count = Number(days);
    if (!Number.isInteger(count) || count < 1 || count > MOST_DAYS) throw new PageFault('REQUEST_NOT_VALID');
    const since = Date.now() - count * DAY_MS;
    const simulation = await this.node.governance.simulate(visit.account.signedIn, found.proposal.version ?? '', since);
    return this.view(visit, found, { simulation, days });
  }

  @ShowAt('governance/proposals/:id/files/:name', READING)
  async file(
    @VisitingSignedIn() visit: SignedInVisit,
    @Param('id') id: string,
    @Param('name') name: string,
  ): Promise<Download> {
    const { proposal } = await this.find(visit, id);
    const files = await this.node.governance.files(visit.account.signedIn, proposal.version ?? '');
    const content = Object.hasOwn(files, name) ? files[name] : undefined;
    if (content === undefined) throw new PageFault('NOT_FOUND');
    return { download: content, fileName: name, mediaType: 'text/yaml; charset=utf-8' };
  }

  /** Nothing is decided by it: it shows what is to be signed. */
  @SendTo('governance/proposals/:id/signing', DECIDING_ON_RULES)
  async sign(
    @VisitingSignedIn() visit: SignedInVisit,
    @Param('id') id: string,
    @Body() form: Form = {},
  ): Promise<View> {
    const found = await this.find(visit, id);
    return this.signing(visit, decisionIn({ ...form, request_id: randomUUID() }, found.proposal));
  }

  @SendTo('governance/proposals/:id/decision', DECIDING_ON_RULES)
  async decide(
    @VisitingSignedIn() visit: SignedInVisit,
    @Param('id') id: string,
    @Body() form: Form = {},
  ): Promise<Answer> {
    const found = await this.find(visit, id);
    const decision = decisionIn(form, found.proposal);
    const { wrong } = GOVERNANCE_TEXTS[visit.language];
    const signature = typeof form.signature === 'string' ? form.signature.trim() : '';
    const notSigned = { ...this.signing(visit, decision, wrong.ACT_NOT_SIGNED), status: 400 };
    if (!SIGNATURE.test(signature)) return notSigned;
    try {
      await this.node.governance.decide(visit.account.signedIn, decision, signature);
    } catch (error) {
      const reason = error instanceof RpcFailure ? error.reason : undefined;
      if (reason === 'ACT_NOT_SIGNED') return notSigned;
      if (reason === undefined || !Object.hasOwn(wrong, reason)) throw error;
      const fault = wrong[reason as keyof typeof wrong];
      return { ...(await this.view(visit, await this.find(visit, id), { fault })), status: 409 };
    }
    return { redirectTo: `/governance/proposals/${id}` };
  }

  private async find({ account }: SignedInVisit, id: string): Promise<Found> {
    const { proposals = [], activations = [] } = await this.node.governance.versions(account.signedIn);
    const proposal = proposals.find((it) => it.proposal === id);
    if (proposal === undefined) throw new PageFault('NOT_FOUND');
    // What is in force, unless something else came into force since it was made.
    const base = activations.find(({ number }) => number === proposal.based_on)?.version ?? '';
    return { proposal, base };
  }

  private async view(
    visit: SignedInVisit,
    { proposal, base }: Found,
    { simulation, days, fault }: Shown = {},
  ): Promise<View> {
    const { language, account } = visit;
    const texts = GOVERNANCE_TEXTS[language];
    const [before, after] = [
      await this.node.governance.files(account.signedIn, base),
      await this.node.governance.files(account.signedIn, proposal.version ?? ''),
    ];
    const id = proposal.proposal ?? '';
    return {
      title: texts.oneProposal,
      body: (
        <>
          {fault === undefined ? null : <Alert>{fault}</Alert>}
          <ProposalFacts proposal={proposal} language={language} />
          <ChangedFiles proposal={id} before={before} after={after} language={language} />
          <section aria-labelledby="simulation">
            <h2 class="kern-heading-medium" id="simulation">
              {texts.simulation}
            </h2>
            <p class="kern-body">{texts.simulationLead}</p>
            <form class="filters" method="get" action={`/governance/proposals/${id}`}>
              <Input
                name="days"
                label={texts.days}
                type="number"
                value={days ?? '30'}
                min={1}
                max={MOST_DAYS}
                required
              />
              <Submit secondary>{texts.simulate}</Submit>
            </form>
            {simulation === undefined ? null : (
              <Simulated simulation={simulation} current={this.current} language={language} />
            )}
          </section>
          {isOpen(proposal) && account.signedIn.role === 'administrator' ? (
            <DecisionForm visit={visit} proposal={proposal} />
          ) : null}
          <LinkLine href="/governance">{texts.back}</LinkLine>
        </>
      ),
    };
  }

  private signing(visit: SignedInVisit, decision: CatalogueDecision, fault?: string): View {
    const node = this.node.profile.node.participant;
    return {
      title: GOVERNANCE_TEXTS[visit.language].signing,
      body: <Signing visit={visit} decision={decision} node={node} fault={fault} />,
    };
  }
}

/** Approved already, it can only be rejected. */
function DecisionForm({ visit, proposal }: Readonly<{ visit: SignedInVisit; proposal: CatalogueProposal__Output }>) {
  const texts = GOVERNANCE_TEXTS[visit.language];
  const acts = [
    ['approve', texts.approve],
    ['reject', texts.reject],
  ] as const;
  return (
    <section aria-labelledby="decide">
      <h2 class="kern-heading-medium" id="decide">
        {texts.decide}
      </h2>
      <p class="kern-body">{texts.decideLead}</p>
      <form class="kern-fieldset" method="post" action={`/governance/proposals/${proposal.proposal}/signing`}>
        <CsrfField visit={visit} />
        <Choice
          name="act"
          label={texts.act}
          value={isApproved(proposal) ? 'reject' : 'approve'}
          options={isApproved(proposal) ? acts.slice(1) : acts}
        />
        <Input name="reason" label={texts.reason} hint={texts.reasonHint} required maxLength={200} />
        <Submit>{texts.toSigning}</Submit>
      </form>
    </section>
  );
}

/** What the form says, about the proposal as the node has it. @throws PageFault REQUEST_NOT_VALID */
function decisionIn(form: Form, proposal: CatalogueProposal__Output): CatalogueDecision {
  const { act, request_id } = form;
  const reason = typeof form.reason === 'string' ? form.reason.trim() : '';
  const isWhole = typeof request_id === 'string' && UUID.test(request_id) && isLine(reason);
  if (!isWhole || (act !== 'approve' && act !== 'reject')) throw new PageFault('REQUEST_NOT_VALID');
  return { act, request_id, proposal: nameOf(proposal), reason };
}
