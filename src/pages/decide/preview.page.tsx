import { Body, Controller, Param, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { CurrentCatalogue } from '../../catalogue/current-catalogue.js';
import { PagesConnection } from '../../client/pages-connection.js';
import type { HeldForPerson } from '../../client/pages-decisions.js';
import { RpcFailure } from '../../platform/grpc-client.js';
import { isOwnStatement, MAX_OWN_STATEMENTS } from '../../tokens/own-statement.js';
import type { ReleaseDecision } from '../../tokens/release-attestation.js';
import { inLanguage, readableTime, withReadableDates } from '../language.js';
import { SendTo, ShowAt } from '../page-at.js';
import { PageFault } from '../page-fault.js';
import { OwnLookup } from '../session/own-lookup.js';
import { Facts } from '../shell/facts.js';
import { LinkLine } from '../shell/link-line.js';
import type { Answer, View } from '../view.js';
import { type SignedInVisit, type Visit, Visiting, VisitingSignedIn } from '../visit.js';
import { DECIDING } from './asked-service.js';
import { titleOfRegister } from './decide-view.js';
import { EvidenceForm, EvidencePiece } from './evidence-form.js';
import { OwnStatementFields } from './own-statement-fields.js';
import { statementsIn } from './own-statement-form.js';
import { PREVIEW_TEXTS } from './preview-texts.js';

const EXCHANGE = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

type Form = Readonly<Record<string, unknown>>;

/** The evidence as it would be passed on, before anybody has it (EGovG § 5 Abs. 5). */
@Controller()
export class PreviewPage {
  constructor(
    private readonly node: PagesConnection,
    private readonly catalogue: CurrentCatalogue,
    private readonly lookup: OwnLookup,
  ) {}

  @ShowAt('preview/:exchange', { roles: ['citizen'], isEntry: true })
  async show(
    @VisitingSignedIn() visit: SignedInVisit,
    @Req() request: FastifyRequest,
    @Param('exchange') exchange: string,
  ): Promise<View> {
    demandExchange(exchange);
    const held = await this.node.decisions.preview(exchange, await this.lookup.find(request, DECIDING));
    return isDecided(held) ? this.decided(visit, held) : this.view(visit, exchange, held, {});
  }

  @SendTo('preview/:exchange', { roles: ['citizen'] })
  async release(
    @VisitingSignedIn() visit: SignedInVisit,
    @Req() request: FastifyRequest,
    @Param('exchange') exchange: string,
    @Body() form: Form,
  ): Promise<Answer> {
    demandExchange(exchange);
    const found = await this.lookup.find(request, DECIDING);
    const held = await this.node.decisions.preview(exchange, found);
    const shown = { redirectTo: `/preview/${exchange}` };
    if (isDecided(held)) return shown;
    const decisions = held.items.flatMap(({ held_id }) => decisionIn(form, held_id));
    const isWhole = held.items.every(({ held_id, waits }) => !waits || decisions.some((it) => it.held_id === held_id));
    const texts = PREVIEW_TEXTS[visit.language];
    const released = held.items.filter((it) =>
      decisions.some(({ held_id, decision }) => held_id === it.held_id && decision === 'RELEASE'),
    );
    const statements = statementsIn(form, released);
    const isFit = statements.length <= MAX_OWN_STATEMENTS && statements.every(({ value }) => isOwnStatement(value));
    if (!isWhole) return { ...this.view(visit, exchange, held, form, texts.missing), status: 400 };
    if (!isFit) return { ...this.view(visit, exchange, held, form, texts.unfit), status: 400 };
    try {
      await this.node.decisions.release(exchange, found, decisions, statements);
    } catch (error) {
      // As in another tab at the same moment: what was decided there is shown, or that there is nothing any more.
      if (error instanceof RpcFailure && error.reason === 'NOT_FOUND') return shown;
      throw error;
    }
    return { redirectTo: `/released/${held.consumer}` };
  }

  @ShowAt('released/:consumer', { roles: ['citizen'] })
  done(@Visiting() { language }: Visit, @Param('consumer') consumer: string): View {
    const texts = PREVIEW_TEXTS[language];
    const [url] = this.catalogue.lookup.participant(consumer)?.return_urls ?? [];
    if (url === undefined) throw new PageFault('NOT_FOUND');
    return {
      title: texts.doneTitle,
      body: (
        <>
          <p class="kern-body kern-body--large">{texts.doneLead}</p>
          <a class="kern-btn kern-btn--primary" href={url}>
            <span class="kern-label">{texts.toService}</span>
          </a>
          <p class="kern-body">{texts.report}</p>
          <LinkLine href="/data">{texts.toReport}</LinkLine>
        </>
      ),
    };
  }

  /** What was decided, and nothing of the evidence. */
  private decided({ language }: Visit, held: HeldForPerson): View {
    const { lookup } = this.catalogue;
    const texts = PREVIEW_TEXTS[language];
    const [url] = lookup.participant(held.consumer)?.return_urls ?? [];
    return {
      title: texts.doneTitle,
      body: (
        <>
          <p class="kern-body kern-body--large">{texts.doneLead}</p>
          <Facts
            rows={held.items.map(({ evidence_type, register, decided }) => {
              const type = lookup.evidenceType(evidence_type);
              const from = titleOfRegister(lookup, lookup.register(register)?.participant ?? register, language);
              const title = type === undefined ? evidence_type : inLanguage(type.title, language);
              return [`${title} (${from})`, decided === 'REFUSE' ? texts.refused : texts.released] as const;
            })}
          />
          {url === undefined ? null : (
            <a class="kern-btn kern-btn--primary" href={url}>
              <span class="kern-label">{texts.toService}</span>
            </a>
          )}
        </>
      ),
    };
  }

  private view(visit: Visit, exchange: string, held: HeldForPerson, form: Form, fault?: string): View {
    const { language } = visit;
    const { lookup } = this.catalogue;
    const texts = PREVIEW_TEXTS[language];
    const consumer = lookup.participant(held.consumer);
    const purpose = lookup.purpose(held.purpose);
    return {
      title: texts.title,
      body: (
        <>
          <Facts
            rows={[
              [texts.recipient, consumer === undefined ? held.consumer : inLanguage(consumer.title, language)],
              [texts.forWhat, purpose === undefined ? held.purpose : inLanguage(purpose.title, language)],
              [texts.until, readableTime(Date.parse(held.expires_at), language)],
            ]}
          />
          <p class="kern-body">{texts.lead}</p>
          <EvidenceForm
            visit={visit}
            action={`/preview/${exchange}`}
            alert={fault}
            all={{ value: 'RELEASE', label: texts.all }}
            send={texts.send}
          >
            {held.items.map((item) => this.item(visit, item, form))}
          </EvidenceForm>
        </>
      ),
    };
  }

  private item({ language }: Visit, item: HeldForPerson['items'][number], form: Form) {
    const { lookup } = this.catalogue;
    const texts = PREVIEW_TEXTS[language];
    const type = lookup.evidenceType(item.evidence_type);
    const register = lookup.register(item.register);
    const titleOf = (attribute: string, title: string) => {
      const found = type?.attributes.find(({ id }) => id === attribute);
      return found === undefined ? title : inLanguage(found.title, language);
    };
    return (
      <EvidencePiece
        key={item.held_id}
        title={type === undefined ? item.evidence_type : inLanguage(type.title, language)}
        name={`held:${item.held_id}`}
        chosen={decisionIn(form, item.held_id)[0]?.decision}
        options={[
          { value: 'RELEASE', label: texts.release },
          { value: 'REFUSE', label: texts.refuse, hint: texts.refuseHint },
        ]}
      >
        <p class="kern-body">
          {texts.from} {titleOfRegister(lookup, register?.participant ?? item.register, language)}
        </p>
        <Facts
          rows={item.attributes.map(
            ({ attribute, title, value }) => [titleOf(attribute, title), withReadableDates(value, language)] as const,
          )}
        />
        <OwnStatementFields language={language} item={item} form={form} titleOf={titleOf} />
      </EvidencePiece>
    );
  }
}

function isDecided({ items }: HeldForPerson): boolean {
  return items.some(({ decided }) => decided !== undefined);
}

function decisionIn(form: Form, heldId: string): readonly ReleaseDecision[] {
  const chosen = form.all === 'RELEASE' ? 'RELEASE' : form[`held:${heldId}`];
  return chosen === 'RELEASE' || chosen === 'REFUSE' ? [{ held_id: heldId, decision: chosen }] : [];
}

function demandExchange(exchange: string): void {
  if (!EXCHANGE.test(exchange)) throw new PageFault('NOT_FOUND');
}
