import type { Language } from '../../catalogue/catalogue.js';
import type { CatalogueLookup } from '../../catalogue/lookup.js';
import type { AskedDecision } from '../../client/pages-decisions.js';
import type { ServiceDescription, ServiceNeed } from '../../client/service-description.js';
import { inLanguage, readableTime } from '../language.js';
import { Alert } from '../shell/alert.js';
import { Facts } from '../shell/facts.js';
import { CsrfField } from '../shell/form.js';
import type { Visit } from '../visit.js';
import { fetchable, fieldOf, IDENTITY, isFetchable, versionOf } from './asked-service.js';
import { DECIDE_TEXTS } from './decide-texts.js';

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

/** Nothing is chosen beforehand: what is fetched was decided by an act (GDPR Art. 4 No. 11; EGovG § 5 Abs. 1). */
export function DecideForm(props: DecideProps & Readonly<{ secret: string; isIncomplete: boolean }>) {
  const { visit, needs, service, secret, isIncomplete } = props;
  const texts = DECIDE_TEXTS[visit.language];
  const mayPreview = needs.some(({ preview_granted }) => preview_granted);
  return (
    <form method="post" action={`/decide/${secret}`}>
      <CsrfField visit={visit} />
      <input type="hidden" name="version" value={versionOf(service)} />
      {isIncomplete ? <Alert>{texts.missing}</Alert> : null}
      {fetchable(props.lookup, needs).map((need) => (
        <fieldset class="kern-fieldset kern-card evidence" key={fieldOf(need)}>
          <legend class="kern-heading-small">{titleOf(props, need)}</legend>
          <p class="kern-body">{need.decision_texts[visit.language]}</p>
          <AboutEvidence {...props} need={need} />
          <Choice name={fieldOf(need)} value="fetch" label={texts.fetch} />
          <Choice name={fieldOf(need)} value="bring" label={texts.bring} hint={need.manual_texts[visit.language]} />
        </fieldset>
      ))}
      <NotFetched {...props} />
      {mayPreview ? (
        <div class="kern-form-check">
          <input
            class="kern-form-check__checkbox"
            type="checkbox"
            id="preview"
            name="preview"
            value="WANTED"
            checked
            aria-describedby="preview-hint"
          />
          <label class="kern-label" for="preview">
            {texts.preview}
          </label>
        </div>
      ) : null}
      {mayPreview ? (
        <p class="kern-hint" id="preview-hint">
          {texts.previewHint}
        </p>
      ) : null}
      <p class="kern-body kern-body--small">{texts.lookup}</p>
      <div class="choices">
        <button class="kern-btn kern-btn--primary" type="submit" name="all" value="fetch" formnovalidate>
          <span class="kern-label">{texts.all}</span>
        </button>
        <button class="kern-btn kern-btn--secondary" type="submit">
          <span class="kern-label">{texts.send}</span>
        </button>
      </div>
    </form>
  );
}

export function Choice({
  name,
  value,
  label,
  hint,
  isChosen = false,
}: Readonly<{ name: string; value: string; label: string; hint?: string | undefined; isChosen?: boolean }>) {
  const id = `${name}:${value}`;
  return (
    <>
      <div class="kern-form-check">
        <input
          class="kern-form-check__radio"
          type="radio"
          id={id}
          name={name}
          value={value}
          checked={isChosen}
          required
          aria-describedby={hint === undefined ? undefined : `${id}:hint`}
        />
        <label class="kern-label" for={id}>
          {label}
        </label>
      </div>
      {hint === undefined ? null : (
        <p class="kern-hint" id={`${id}:hint`}>
          {hint}
        </p>
      )}
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

function titleOf(
  { visit: { language }, lookup, asked }: DecideProps,
  { evidence_type, subject_role }: ServiceNeed,
): string {
  const type = lookup.evidenceType(evidence_type);
  const subject = lookup.service(asked.service)?.subjects.find(({ role }) => role === subject_role);
  const title = type === undefined ? evidence_type : inLanguage(type.title, language);
  return subject === undefined ? title : `${title} – ${inLanguage(subject.title, language)}`;
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
