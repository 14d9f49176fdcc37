import type { ComponentChildren } from 'preact';
import { Alert } from '../shell/alert.js';
import { CsrfField } from '../shell/form.js';
import type { Visit } from '../visit.js';

type FormProps = Readonly<{
  visit: Visit;
  action: string;
  /** What keeps the form from being taken. */
  alert: string | undefined;
  /** The button that answers for every piece. */
  all: Readonly<{ value: string; label: string }>;
  send: string;
  children: ComponentChildren;
}>;

/** A person answers for each piece of evidence, or by one press for all of it. */
export function EvidenceForm({ visit, action, alert, all, send, children }: FormProps) {
  return (
    <form method="post" action={action}>
      <CsrfField visit={visit} />
      {alert === undefined ? null : <Alert>{alert}</Alert>}
      {children}
      <div class="choices">
        <button class="kern-btn kern-btn--primary" type="submit" name="all" value={all.value} formnovalidate>
          <span class="kern-label">{all.label}</span>
        </button>
        <button class="kern-btn kern-btn--secondary" type="submit">
          <span class="kern-label">{send}</span>
        </button>
      </div>
    </form>
  );
}

type Option = Readonly<{ value: string; label: string; hint?: string | undefined }>;

type PieceProps = Readonly<{
  title: string;
  /** Of the answer in the form. */
  name: string;
  options: readonly Option[];
  /** What was answered, where the form is shown again; before, the usual answer of what is no choice about evidence. */
  chosen?: unknown;
  children: ComponentChildren;
}>;

/** Nothing is chosen beforehand: what is fetched or released was decided by an act (GDPR Art. 4 No. 11; EGovG § 5 Abs. 1). */
export function EvidencePiece({ title, name, options, chosen, children }: PieceProps) {
  return (
    <fieldset class="kern-fieldset kern-card evidence">
      <legend class="kern-heading-small">{title}</legend>
      {children}
      {options.map((option) => (
        <Choice key={option.value} name={name} isChosen={option.value === chosen} {...option} />
      ))}
    </fieldset>
  );
}

function Choice({ name, value, label, hint, isChosen }: Option & Readonly<{ name: string; isChosen: boolean }>) {
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
          required
          checked={isChosen}
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
