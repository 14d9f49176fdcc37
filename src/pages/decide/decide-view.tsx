import { Fragment } from 'preact';
import type { Language } from '../../catalogue/catalogue.js';
import type { CatalogueLookup } from '../../catalogue/lookup.js';
import type { AskedDecision } from '../../client/pages-decisions.js';
import type { ServiceDescription, ServiceNeed } from '../../client/service-description.js';
import { inLanguage, readableTime } from '../language.js';
import { lookupText } from '../session/shown-lookup.js';
import { Facts } from '../shell/facts.js';
import { SignedText } from '../shell/signed-text.js';
import type { Visit } from '../visit.js';
import {
  capacityFieldOf,
  DECIDING,
  fetchable,
  fieldOf,
  IDENTITY,
  isFetchable,
  REPRESENTED_ROLE,
  type RepresentedRole,
  versionOf,
  withLookups,
} from './asked-service.js';
import { DECIDE_TEXTS } from './decide-texts.js';
import { EvidenceForm, EvidencePiece } from './evidence-form.js';

export type DecideProps = Readonly<{
  visit: Visit;
  lookup: CatalogueLookup;
  asked: AskedDecision;
  service: ServiceDescription;
  needs: readonly ServiceNeed[];
}>;

const MOST_NAMED = 3;

/** Who asks, and for what. */
export function WhoAsks({ visit: { language }, lookup, asked, service }: Omit<DecideProps, 'needs'>) {
  const texts = DECIDE_TEXTS[language];
  const consumer = lookup.participant(asked.consumer);
  const purpose = lookup.purpose(service.purpose);
  return (
    <Facts
      rows={[
        [texts.who, consumer === undefined ? asked.consumer : inLanguage(consumer.title, language)],
        [texts.forWhat, purpose === undefined ? service.purpose : inLanguage(purpose.title, language)],
        [texts.until, readableTime(Date.parse(asked.expires_at), language)],
      ]}
    />
  );
}

/** For whoever has the link and is not signed in: what is asked, and nothing about a person. */
export function AskedList(props: DecideProps) {
  return (
    <>
      {fetchable(props.lookup, props.needs).map((need) => (
        <section class="kern-card evidence" key={fieldOf(need)}>
          <div class="kern-card__container">
            <h2 class="kern-heading-small">{titleOf(props, need)}</h2>
            <AboutEvidence {...props} need={need} />
          </div>
        </section>
      ))}
    </>
  );
}

type FormProps = DecideProps &
  Readonly<{
    represented: readonly RepresentedRole[];
    /** Role of whoever decides. */
    decider: string;
    secret: string;
    /** As it was sent, where something is left open in it. */
    sent: Readonly<Record<string, unknown>> | undefined;
  }>;

export function DecideForm(props: FormProps) {
  const { visit, needs, service, represented, secret, sent } = props;
  const texts = DECIDE_TEXTS[visit.language];
  const mayPreview = needs.some(({ preview_granted }) => preview_granted);
  return (
    <EvidenceForm
      visit={visit}
      action={`/decide/${secret}`}
      alert={sent === undefined ? undefined : texts.missing}
      all={{ value: 'fetch', label: texts.all }}
      send={texts.send}
    >
      <input type="hidden" name="version" value={versionOf(props.lookup, service)} />
      <input type="hidden" name="language" value={visit.language} />
      {fetchable(props.lookup, needs).map((need) => (
        <EvidencePiece
          key={fieldOf(need)}
          title={titleOf(props, need)}
          name={fieldOf(need)}
          chosen={sent?.all === 'fetch' ? 'fetch' : sent?.[fieldOf(need)]}
          options={[
            { value: 'fetch', label: texts.fetch },
            { value: 'bring', label: texts.bring, hint: need.manual_texts[visit.language] },
          ]}
        >
          <SignedText>{need.decision_texts[visit.language] ?? ''}</SignedText>
          <AboutEvidence {...props} need={need} />
        </EvidencePiece>
      ))}
      {represented.map((it) => (
        <Capacity {...props} key={it.role} represented={it} />
      ))}
      <ForCompany {...props} />
      <Lookups {...props} />
      <NotFetched {...props} />
      {mayPreview ? <PreviewWish texts={texts} isWanted={sent === undefined || sent.preview === 'WANTED'} /> : null}
    </EvidenceForm>
  );
}

/** What somebody who decides for another person says to be: the directory is asked whether it is so. */
function Capacity({
  visit,
  lookup,
  asked,
  represented,
  sent,
}: Omit<FormProps, 'represented'> & Readonly<{ represented: RepresentedRole }>) {
  const texts = DECIDE_TEXTS[visit.language];
  if (represented.by.length === 1) return <p class="kern-body">{texts.capacityChecked}</p>;
  const [usual] = represented.by;
  return (
    <EvidencePiece
      title={`${texts.capacity} ${roleTitle({ visit, lookup, asked }, represented.role)}`}
      name={capacityFieldOf(represented)}
      chosen={sent?.[capacityFieldOf(represented)] ?? (represented.isAlways ? usual : undefined)}
      options={represented.by.map((it) => ({ value: it, label: texts.capacities[it] }))}
    >
      <p class="kern-body">{texts.capacityChecked}</p>
    </EvidencePiece>
  );
}

/** Each lookup that is attested with the evidence, or before it where somebody is decided for, of each person (GDPR Art. 7 (1)). */
function Lookups(props: FormProps) {
  const { visit, lookup, needs, represented, decider } = props;
  const { language } = visit;
  const offered = fetchable(lookup, needs);
  const looked = withLookups(needs, decider, (need) => offered.includes(need)).filter((it) => !offered.includes(it));
  if (looked.length === 0) return null;
  const confirmed = lookupText(lookup, DECIDING, language, REPRESENTED_ROLE).text;
  return (
    <section aria-labelledby="lookups">
      <h2 class="kern-heading-medium" id="lookups">
        {DECIDE_TEXTS[language].lookups}
      </h2>
      <p class="kern-body">{DECIDE_TEXTS[language].lookupsLead}</p>
      {looked.map((need) => (
        <Fragment key={need.subject_role}>
          <h3 class="kern-heading-small">{roleTitle(props, need.subject_role)}</h3>
          <SignedText>{need.decision_texts[language] ?? ''}</SignedText>
          {represented.some(({ role }) => role === need.subject_role) ? <SignedText>{confirmed}</SignedText> : null}
        </Fragment>
      ))}
    </section>
  );
}

function ForCompany({ visit: { language }, lookup, needs, service }: DecideProps) {
  const companies = service.subjects.filter(({ legal_person }) => legal_person).map(({ role }) => role);
  const isAsked = fetchable(lookup, needs).some(({ subject_role }) => companies.includes(subject_role));
  return isAsked ? <p class="kern-body">{DECIDE_TEXTS[language].company}</p> : null;
}

type WishProps = Readonly<{ texts: (typeof DECIDE_TEXTS)[Language]; isWanted: boolean }>;

function PreviewWish({ texts, isWanted }: WishProps) {
  return (
    <>
      <div class="kern-form-check">
        <input
          class="kern-form-check__checkbox"
          type="checkbox"
          id="preview"
          name="preview"
          value="WANTED"
          checked={isWanted}
          aria-describedby="preview-hint"
        />
        <label class="kern-label" for="preview">
          {texts.preview}
        </label>
      </div>
      <p class="kern-hint" id="preview-hint">
        {texts.previewHint}
      </p>
    </>
  );
}

function AboutEvidence({ visit: { language }, lookup, need }: DecideProps & Readonly<{ need: ServiceNeed }>) {
  const texts = DECIDE_TEXTS[language];
  const type = lookup.evidenceType(need.evidence_type);
  const attributes = type?.attributes.filter(({ id }) => need.fields.includes(id)) ?? [];
  const rows: [string, string][] = [
    [texts.data, attributes.map(({ title }) => inLanguage(title, language)).join(', ')],
    [texts.from, registersOf(lookup, need.evidence_type, language)],
    [texts.basis, need.norm],
  ];
  return <Facts rows={rows} />;
}

/** For what no register is connected, nobody is asked whether it may be fetched. */
function NotFetched(props: DecideProps) {
  const texts = DECIDE_TEXTS[props.visit.language];
  const { lookup, needs, visit } = props;
  const missing = needs.filter((need) => need.evidence_type !== IDENTITY && !isFetchable(lookup, need));
  if (missing.length === 0) return null;
  return (
    <>
      <p class="kern-body">{texts.notFetched}</p>
      <ul class="kern-list kern-list--bullet">
        {missing.map((need) => (
          <li key={fieldOf(need)}>{`${titleOf(props, need)}: ${need.manual_texts[visit.language]}`}</li>
        ))}
      </ul>
    </>
  );
}

function titleOf(props: DecideProps, { evidence_type, subject_role }: ServiceNeed): string {
  const type = props.lookup.evidenceType(evidence_type);
  const title = type === undefined ? evidence_type : inLanguage(type.title, props.visit.language);
  return `${title} – ${roleTitle(props, subject_role)}`;
}

function roleTitle({ visit, lookup, asked }: Pick<DecideProps, 'visit' | 'lookup' | 'asked'>, role: string): string {
  const subject = lookup.service(asked.service)?.subjects.find((it) => it.role === role);
  return subject === undefined ? role : inLanguage(subject.title, visit.language);
}

/** By name where few have it; which one is asked follows from where the person lives. */
function registersOf(lookup: CatalogueLookup, evidenceType: string, language: Language): string {
  const registers = lookup.catalogue.registers.filter((it) => it.evidence_types.includes(evidenceType));
  const names = [...new Set(registers.map(({ participant }) => titleOfRegister(lookup, participant, language)))];
  return names.length > MOST_NAMED ? DECIDE_TEXTS[language].competent : names.join(', ');
}

/** @param participant that keeps the register */
export function titleOfRegister(lookup: CatalogueLookup, participant: string, language: Language): string {
  const title = lookup.participant(participant)?.title;
  return title === undefined ? participant : inLanguage(title, language);
}
