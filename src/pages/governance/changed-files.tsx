import type { Language } from '../../catalogue/catalogue.js';
import { GOVERNANCE_TEXTS } from './governance-texts.js';
import { type DiffLine, lineDiff } from './line-diff.js';

type Files = Readonly<Record<string, string>>;
type Props = Readonly<{ proposal: string; before: Files; after: Files; language: Language }>;

/** Above that nobody reads on in a browser. */
const MOST_LINES = 400;

/** What differs from the version that it was made from, whatever the proposal says of itself. */
export function ChangedFiles({ proposal, before, after, language }: Props) {
  const texts = GOVERNANCE_TEXTS[language];
  const names = Object.keys(after).filter((name) => (before[name] ?? '') !== after[name]);
  return (
    <section aria-labelledby="files">
      <h2 class="kern-heading-medium" id="files">
        {texts.files}
      </h2>
      {names.length === 0 ? <p class="kern-body">{texts.noChange}</p> : null}
      {names.map((name) => (
        <ChangedFile
          key={name}
          name={name}
          path={`/governance/proposals/${proposal}/files/${name}`}
          lines={lineDiff(before[name] ?? '', after[name] ?? '')}
          language={language}
        />
      ))}
    </section>
  );
}

type FileProps = Readonly<{ name: string; path: string; lines: readonly DiffLine[]; language: Language }>;

function ChangedFile({ name, path, lines, language }: FileProps) {
  const texts = GOVERNANCE_TEXTS[language];
  return (
    <>
      <h3 class="kern-heading-small">{name}</h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard (WCAG 2.1.1) */}
      <section class="diff" tabIndex={0} aria-label={`${texts.files}: ${name}`}>
        {lines.slice(0, MOST_LINES).map((line, at) => (
          <Line key={at} {...line} />
        ))}
      </section>
      {lines.length > MOST_LINES ? <p class="kern-body">{texts.tooMany}</p> : null}
      <p class="kern-body">
        <a class="kern-link" href={path}>{`${texts.whole} (${name})`}</a>
      </p>
    </>
  );
}

function Line({ sign, text }: DiffLine) {
  const shown = `${sign} ${text}`;
  if (sign === '+') return <ins>{shown}</ins>;
  return sign === '-' ? <del>{shown}</del> : <span>{shown}</span>;
}
