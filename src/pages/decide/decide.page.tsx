import { Body, Controller, Param, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ASSURANCES, type Language, type Representation } from '../../catalogue/catalogue.js';
import { CurrentCatalogue } from '../../catalogue/current-catalogue.js';
import { PagesConnection } from '../../client/pages-connection.js';
import type { AskedDecision, AttestedAnswer, OwnDecision, Represented } from '../../client/pages-decisions.js';
import type { ServiceDescription, ServiceNeed } from '../../client/service-description.js';
import { RpcFailure } from '../../platform/grpc-client.js';
import { REASONS } from '../../platform/reasons.js';
import { LANGUAGES } from '../language.js';
import { SendTo, ShowAt } from '../page-at.js';
import { PageFault } from '../page-fault.js';
import { type FoundPerson, OwnLookup } from '../session/own-lookup.js';
import { LOOKED_UP_ROLE, lookupText } from '../session/shown-lookup.js';
import { SignedText } from '../shell/signed-text.js';
import type { Answer, View } from '../view.js';
import { type SignedInVisit, type Visit, Visiting, VisitingSignedIn } from '../visit.js';
import {
  askedService,
  capacityFieldOf,
  DECIDING,
  decidedNeeds,
  fetchable,
  fieldOf,
  REPRESENTED_ROLE,
  type RepresentedRole,
  representedRoles,
  versionOf,
  withLookups,
} from './asked-service.js';
import { DECIDE_TEXTS } from './decide-texts.js';
import { AskedList, DecideForm, WhoAsks } from './decide-view.js';

/** Base64url of 32 bytes; whatever else is asked for is not even looked for. */
const SECRET = /^[\w-]{43}$/;

type Form = Readonly<Record<string, unknown>>;
/** By virtue of what the person decides, by the role of whom they decide for. */
type Capacities = Readonly<Record<string, Representation>>;

/** The link of a request for a decision (EGovG § 5 Abs. 1). */
@Controller()
export class DecidePage {
  constructor(
    private readonly node: PagesConnection,
    private readonly catalogue: CurrentCatalogue,
    private readonly lookup: OwnLookup,
  ) {}

  @ShowAt('decide/:secret', { roles: [] })
  async show(@Visiting() visit: Visit, @Req() request: FastifyRequest, @Param('secret') secret: string): Promise<View> {
    demandSecret(secret);
    // First: nobody is looked up for a link that asks nothing.
    const asked = await this.node.decisions.open(secret);
    if (visit.account?.signedIn.role !== 'citizen') return this.introduce(visit, request, asked);
    const { min_assurance } = this.serviceOf(asked);
    if (ASSURANCES.indexOf(visit.account.signedIn.assurance) < ASSURANCES.indexOf(min_assurance))
      throw new PageFault('ASSURANCE_TOO_LOW');
    const found = await this.lookup.find(request, DECIDING);
    const own = await this.node.decisions.openFor(secret, found);
    if (own.decided) await this.send(secret, request, found);
    return this.ask(visit, secret, own);
  }

  @SendTo('decide/:secret', { roles: ['citizen'] })
  async decide(
    @VisitingSignedIn() visit: SignedInVisit,
    @Req() request: FastifyRequest,
    @Param('secret') secret: string,
    @Body() form: Form,
  ): Promise<Answer> {
    demandSecret(secret);
    const found = await this.lookup.find(request, DECIDING);
    const asked = await this.node.decisions.openFor(secret, found);
    if (asked.decided) throw new PageFault('NOT_FOUND');
    const service = this.serviceOf(asked);
    const language = LANGUAGES.find((it) => it === form.language);
    if (language === undefined || form.version !== versionOf(this.catalogue.lookup, service))
      throw new PageFault('FORM_NOT_VALID');
    const needs = decidedNeeds(service, asked.roles, asked.deciderRole);
    const offered = fetchable(this.catalogue.lookup, needs);
    const isChosen = (need: ServiceNeed) =>
      offered.includes(need) && (form.all === 'fetch' || form[fieldOf(need)] === 'fetch');
    const chosen = withLookups(needs, asked.deciderRole, isChosen);
    const represents = capacitiesIn(form, representedRoles(service, rolesOf(chosen), asked.deciderRole));
    const isWhole = offered.every((need) => isAnswered(form, need)) && represents !== undefined;
    if (!isWhole) return { ...(await this.ask(visit, secret, asked, form)), status: 400 };
    const represented = await this.confirm(found, asked, represents, language);
    const decisions = await this.attest({ language, found, asked, service, chosen, represents, form });
    request.session.answer = { secret, decisions, represented };
    // Before it is sent, so that not even the end of this process loses it.
    await request.session.save();
    await this.send(secret, request, found);
    return { redirectTo: `/decide/${secret}` };
  }

  /** What was decided in this session and not confirmed, the very same: a reload of the page completes it. */
  private async send(secret: string, { session }: FastifyRequest, found: FoundPerson): Promise<void> {
    if (session.answer?.secret !== secret) return;
    try {
      await this.node.decisions.answer(secret, found, session.answer);
      delete session.answer;
    } catch (error) {
      if (error instanceof RpcFailure && error.reason !== undefined && REASONS[error.reason].kind === 'refusal')
        delete session.answer;
      throw error;
    }
  }

  /** That the person represents whom they decide for, by the directory, before anything is signed. @throws RpcFailure SUBJECT_NOT_AVAILABLE */
  private async confirm(
    { signedIn, subjectToken }: FoundPerson,
    { applicants }: OwnDecision,
    represents: Capacities,
    language: Language,
  ): Promise<readonly Represented[]> {
    const { hash: textHash } = lookupText(this.catalogue.lookup, DECIDING, language, REPRESENTED_ROLE);
    const confirmed: Represented[] = [];
    for (const [role, by] of Object.entries(represents)) {
      const applicant = applicants.find((it) => it.role === role);
      if (applicant === undefined || 'company' in applicant) throw new PageFault('NOT_AVAILABLE_TO_YOU');
      const representative = { role: LOOKED_UP_ROLE, by, subjectToken };
      const asked = { role: REPRESENTED_ROLE, person: applicant.person };
      const token = await this.node.lookUpRepresented(DECIDING, asked, signedIn, { textHash, representative });
      confirmed.push({ role, subjectToken: token });
    }
    return confirmed;
  }

  private attest(
    given: Readonly<{
      /** In which the form was shown. */
      language: Language;
      found: FoundPerson;
      asked: OwnDecision;
      service: ServiceDescription;
      chosen: readonly ServiceNeed[];
      represents: Capacities;
      form: Form;
    }>,
  ): Promise<AttestedAnswer['decisions']> {
    const { language, found, asked, service, chosen, represents, form } = given;
    const { actor, assurance } = found.signedIn;
    return this.node.decisions.attest(service, asked.applicants, {
      decider: actor,
      assurance,
      language,
      preview: form.preview === 'WANTED' ? 'WANTED' : 'WAIVED',
      chosen: (need) => chosen.includes(need),
      represents,
    });
  }

  private introduce(visit: Visit, request: FastifyRequest, asked: AskedDecision): View {
    if (asked.decided) throw new PageFault('NOT_FOUND');
    const texts = DECIDE_TEXTS[visit.language];
    const service = this.serviceOf(asked);
    const needs = service.needs.filter(({ subject_role }) => asked.roles.includes(subject_role));
    const props = { visit, asked, service, needs, lookup: this.catalogue.lookup };
    return {
      title: texts.title,
      body: (
        <>
          <WhoAsks {...props} />
          <p class="kern-body">{texts.signInLead}</p>
          <SignedText>{this.lookup.show(request, DECIDING, visit.language)}</SignedText>
          <a class="kern-btn kern-btn--primary" href={`/sign-in?then=${encodeURIComponent(visit.path)}`}>
            <span class="kern-label">{texts.signIn}</span>
          </a>
          <AskedList {...props} />
        </>
      ),
    };
  }

  /** @param sent as it came, where something is left open in it: it is shown again */
  private async ask(visit: Visit, secret: string, asked: OwnDecision, sent?: Form): Promise<View> {
    const texts = DECIDE_TEXTS[visit.language];
    if (asked.decided) return decidedView(visit, asked);
    const service = this.serviceOf(asked);
    const needs = decidedNeeds(service, asked.roles, asked.deciderRole);
    const represented = representedRoles(service, rolesOf(fetchable(this.catalogue.lookup, needs)), asked.deciderRole);
    const { lookup } = this.catalogue;
    const props = { visit, asked, service, needs, represented, decider: asked.deciderRole, secret, sent, lookup };
    return {
      title: texts.title,
      body: (
        <>
          <WhoAsks {...props} />
          <p class="kern-body">{texts.lead}</p>
          <DecideForm {...props} />
        </>
      ),
    };
  }

  private serviceOf({ service }: AskedDecision): ServiceDescription {
    const { lookup } = this.catalogue;
    const found = lookup.service(service);
    if (found === undefined) throw new PageFault('NOT_FOUND');
    return askedService(lookup, found);
  }
}

function decidedView({ language }: Visit, { returnUrl }: OwnDecision): View {
  const texts = DECIDE_TEXTS[language];
  return {
    title: texts.decidedTitle,
    body: (
      <>
        <p class="kern-body kern-body--large">{texts.decidedLead}</p>
        <p class="kern-body">{texts.decidedNext}</p>
        <a class="kern-btn kern-btn--primary" href={returnUrl}>
          <span class="kern-label">{texts.toService}</span>
        </a>
      </>
    ),
  };
}

function isAnswered(form: Form, need: ServiceNeed): boolean {
  return form.all === 'fetch' || ['fetch', 'bring'].includes(String(form[fieldOf(need)]));
}

function rolesOf(needs: readonly ServiceNeed[]): readonly string[] {
  return needs.map(({ subject_role }) => subject_role);
}

/** Undefined where it is left open. */
function capacitiesIn(form: Form, roles: readonly RepresentedRole[]): Capacities | undefined {
  const said = roles.map((it) => {
    const [only, ...others] = it.by;
    const given = others.length === 0 ? only : it.by.find((by) => by === form[capacityFieldOf(it)]);
    return [it.role, given] as const;
  });
  const known = said.flatMap(([role, by]) => (by === undefined ? [] : [[role, by] as const]));
  return known.length === said.length ? Object.fromEntries(known) : undefined;
}

function demandSecret(secret: string): void {
  if (!SECRET.test(secret)) throw new PageFault('NOT_FOUND');
}
