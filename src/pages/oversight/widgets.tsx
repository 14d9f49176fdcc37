import type { ComponentChildren } from 'preact';
import type { Language } from '../../catalogue/catalogue.js';
import { currentOf } from '../shell/navigation.js';
import type { Visit } from '../visit.js';
import { OVERSIGHT_TEXTS } from './oversight-texts.js';

const INSTANT = { dateStyle: 'short', timeStyle: 'medium', timeZone: 'Europe/Berlin' } as const;

/** An instant of the log, to the second; empty where there is none. */
export function instant(iso: string | number, language: Language): string {
  if (iso === '') return '';
  return new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : 'de-DE', INSTANT).format(new Date(iso));
}

export function amount(count: number | string | undefined, language: Language): string {
  return new Intl.NumberFormat(language === 'en' ? 'en-GB' : 'de-DE').format(Number(count ?? 0));
}

/** A pseudonym, so that two of them can be told apart. */
export function shortened(actor: string): string {
  return actor.length > 12 ? `${actor.slice(0, 12)}…` : actor;
}

type TableProps = Readonly<{
  caption: string;
  columns: readonly string[];
  rows: readonly (readonly ComponentChildren[])[];
  /** Columns whose values are numbers, from 0. */
  numeric?: readonly number[];
  language: Language;
}>;

/** Scrolls in itself where the screen is narrow, also by keyboard. */
export function Table({ caption, columns, rows, numeric = [], language }: TableProps) {
  if (rows.length === 0) return <p class="kern-body">{OVERSIGHT_TEXTS[language].none}</p>;
  const kind = (column: number, what: 'header' | 'cell') =>
    `kern-table__${what}${numeric.includes(column) ? ` kern-table__${what}--numeric` : ''}`;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard (WCAG 2.1.1)
    <section class="kern-table-responsive" tabIndex={0} aria-label={caption}>
      <table class="kern-table kern-table--small kern-table--striped">
        <caption class="kern-sr-only">{caption}</caption>
        <thead>
          <tr class="kern-table__row">
            {columns.map((column, i) => (
              <th class={kind(i, 'header')} scope="col" key={column}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody class="kern-table__body">
          {rows.map((row, r) => (
            <tr class="kern-table__row" key={r}>
              {row.map((value, i) => (
                <td class={kind(i, 'cell')} key={i}>
                  {value}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

type InputProps = Readonly<{
  name: string;
  label: string;
  value?: string;
  type?: 'text' | 'number' | 'date' | 'datetime-local';
  hint?: string;
  /** Why what is written is not taken. */
  fault?: string;
  required?: boolean;
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  min?: number | string;
  max?: number | string;
  step?: number;
}>;

export function Input({ name, label, hint, fault, value = '', type = 'text', ...limits }: InputProps) {
  const described = [hint && `h-${name}`, fault && `e-${name}`].filter((it) => it !== undefined && it !== '');
  return (
    <div class={`kern-form-input${fault ? ' kern-form-input--error' : ''}`}>
      <label class="kern-label" for={`f-${name}`}>
        {label}
      </label>
      {hint === undefined ? null : (
        <div class="kern-hint" id={`h-${name}`}>
          {hint}
        </div>
      )}
      <input
        class={`kern-form-input__input${fault ? ' kern-form-input__input--error' : ''}`}
        id={`f-${name}`}
        name={name}
        // The types of JSX know one kind at a time.
        type={type as 'text'}
        value={value}
        aria-invalid={fault ? 'true' : undefined}
        aria-describedby={described.length === 0 ? undefined : described.join(' ')}
        autocomplete="off"
        {...limits}
      />
      {fault === undefined ? null : (
        <p class="kern-error" id={`e-${name}`}>
          <span class="kern-icon kern-icon--danger" aria-hidden="true" />
          <span class="kern-body">{fault}</span>
        </p>
      )}
    </div>
  );
}

type ChoiceProps = Readonly<{
  name: string;
  label: string;
  value: string;
  options: readonly (readonly [value: string, label: string])[];
}>;

export function Choice({ name, label, value, options }: ChoiceProps) {
  return (
    <div class="kern-form-input">
      <label class="kern-label" for={`f-${name}`}>
        {label}
      </label>
      <div class="kern-form-input__select-wrapper">
        <select class="kern-form-input__select" id={`f-${name}`} name={name}>
          {options.map(([key, text]) => (
            <option key={key} value={key} selected={key === value}>
              {text}
            </option>
          ))}
        </select>
      </div>
    </div>
  );
}

export function Submit({ children, secondary = false }: Readonly<{ children: string; secondary?: boolean }>) {
  return (
    <button class={`kern-btn kern-btn--${secondary ? 'secondary' : 'primary'}`} type="submit">
      <span class="kern-label">{children}</span>
    </button>
  );
}

/** Why somebody looks: on record before anything is shown. */
export function Grounds({ visit }: Readonly<{ visit: Visit }>) {
  const texts = OVERSIGHT_TEXTS[visit.language];
  return (
    <>
      <Input name="reason" label={texts.why} hint={texts.whyHint} required minLength={10} maxLength={500} />
      <Input name="file_reference" label={texts.fileReference} required maxLength={200} />
    </>
  );
}

type PagerProps = Readonly<{ language: Language; first: string; next: string | undefined; isFirst: boolean }>;

export function Pager({ language, first, next, isFirst }: PagerProps) {
  const texts = OVERSIGHT_TEXTS[language];
  return (
    <p class="pager">
      {isFirst ? null : (
        <a class="kern-link" href={first}>
          {texts.first}
        </a>
      )}
      {next === undefined ? null : (
        <a class="kern-link" rel="next" href={next}>
          {texts.next}
        </a>
      )}
    </p>
  );
}

const PARTS = [
  ['/oversight', 'overview'],
  ['/oversight/entries', 'entries'],
  ['/oversight/person', 'person'],
  ['/oversight/incidents', 'incidents'],
  ['/oversight/anomalies', 'anomalies'],
  ['/oversight/samples', 'samples'],
  ['/oversight/reads', 'reads'],
  ['/oversight/permissions', 'catalogue'],
  ['/oversight/processing', 'processing'],
] as const;

/** The parts of oversight, around each of its pages; an auditor sees no persons. */
export function OversightFrame({ visit, children }: Readonly<{ visit: Visit; children: ComponentChildren }>) {
  const texts = OVERSIGHT_TEXTS[visit.language];
  const [path = ''] = visit.path.split('?');
  const shown = PARTS.filter(([, part]) => part !== 'person' || visit.account?.signedIn.role === 'officer');
  return (
    <>
      <nav class="parts" aria-label={texts.parts}>
        <ul>
          {shown.map(([to, part]) => (
            <li key={to}>
              <a
                class="kern-link"
                href={to}
                aria-current={to === '/oversight' && path !== to ? undefined : currentOf(to, path)}
              >
                {texts[part]}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {children}
      <p class="kern-body kern-body--small">{texts.logged}</p>
    </>
  );
}
