import type { Language } from '../../catalogue/catalogue.js';
import type { HeldForPerson } from '../../client/pages-decisions.js';
import { MAX_CHARACTERS } from '../../tokens/own-statement.js';
import { isUnfit, ownFieldOf, writtenIn } from './own-statement-form.js';
import { PREVIEW_TEXTS } from './preview-texts.js';

type Props = Readonly<{
  language: Language;
  item: HeldForPerson['items'][number];
  /** As it was sent, where it is shown again. */
  form: Readonly<Record<string, unknown>>;
  titleOf: (attribute: string, title: string) => string;
}>;

/** What the person holds to be right, beside each datum; opened by them, without a script (EGovG § 5 Abs. 5). */
export function OwnStatementFields({ language, item, form, titleOf }: Props) {
  const texts = PREVIEW_TEXTS[language];
  const written = item.attributes.map(({ attribute }) => writtenIn(form, item.held_id, attribute));
  return (
    <details class="kern-accordion" open={written.some((it) => it !== '')}>
      <summary class="kern-accordion__header">
        <span class="kern-title">{texts.own}</span>
      </summary>
      <div class="kern-accordion__body">
        <p class="kern-body">{texts.ownLead}</p>
        {item.attributes.map(({ attribute, title }, at) => (
          <OwnField
            key={attribute}
            id={ownFieldOf(item.held_id, attribute)}
            label={texts.ownOn(titleOf(attribute, title))}
            written={written[at] ?? ''}
            unfit={texts.ownUnfit}
          />
        ))}
      </div>
    </details>
  );
}

type FieldProps = Readonly<{ id: string; label: string; written: string; unfit: string }>;

function OwnField({ id, label, written, unfit }: FieldProps) {
  const hasFault = isUnfit(written);
  return (
    <div class={`kern-form-input${hasFault ? ' kern-form-input--error' : ''}`}>
      <label class="kern-label" for={id}>
        {label}
      </label>
      <input
        class={`kern-form-input__input${hasFault ? ' kern-form-input__input--error' : ''}`}
        type="text"
        id={id}
        name={id}
        value={written}
        maxLength={MAX_CHARACTERS}
        autocomplete="off"
        aria-invalid={hasFault ? 'true' : undefined}
        aria-describedby={hasFault ? `${id}:fault` : undefined}
      />
      {hasFault ? (
        <p class="kern-error" id={`${id}:fault`}>
          <span class="kern-icon kern-icon--danger" aria-hidden="true" />
          <span class="kern-body">{unfit}</span>
        </p>
      ) : null}
    </div>
  );
}
