import type { JSX } from 'preact';
import type { RegisterAnswer, RegisterLine } from '../../client/citizen-calls.js';
import type { ListedEntry } from '../../client/listed-entries.js';
import { CsrfField } from '../shell/form.js';
import type { Visit } from '../visit.js';
import { questionValue } from './line-question.js';
import { entrySentence, isOwnLook, isStep, lineSentence } from './sentences.js';
import type { Titles } from './titles.js';
import { TRACKER_TEXTS } from './tracker-texts.js';

/** Entries of the node's log as sentences, steps on the way apart. */
export function EntryList({ entries, titles }: Readonly<{ entries: readonly ListedEntry[]; titles: Titles }>) {
  const texts = TRACKER_TEXTS[titles.language];
  const [steps, main] = [entries.filter(isStep), entries.filter((it) => !isStep(it))];
  if (entries.length === 0) return <p class="kern-body">{texts.noEntries}</p>;
  return (
    <>
      <ol class="entries">
        {main.map((entry) => (
          <Entry key={entry.log_index} entry={entry} titles={titles} />
        ))}
      </ol>
      <Apart
        label={texts.steps}
        count={steps.length}
        content={
          <ol class="entries">
            {steps.map((entry) => (
              <Entry key={entry.log_index} entry={entry} titles={titles} />
            ))}
          </ol>
        }
      />
    </>
  );
}

/** What there is much of, and is rarely looked for. */
function Apart({ label, count, content }: Readonly<{ label: string; count: number; content: JSX.Element }>) {
  return count === 0 ? null : (
    <details class="kern-accordion">
      <summary class="kern-accordion__header">
        <span class="kern-title">{`${label} (${count})`}</span>
      </summary>
      <div class="kern-accordion__body">{content}</div>
    </details>
  );
}

type LinesProps = Readonly<{ lines: readonly RegisterLine[]; register: string; kind: string; titles: Titles }>;

function Lines({ lines, register, kind, titles }: LinesProps) {
  return lines.length === 0 ? null : (
    <ol class="entries">
      {lines.map((line, at) => {
        const id = `${kind}-${register}-${at}`;
        return (
          <li key={id}>
            <p class="kern-body" id={id}>
              {lineSentence(line, register, titles)}
            </p>
            <button
              class="kern-btn kern-btn--tertiary"
              type="submit"
              name="line"
              value={questionValue(line)}
              aria-describedby={id}
            >
              <span class="kern-label">{TRACKER_TEXTS[titles.language].question}</span>
            </button>
          </li>
        );
      })}
    </ol>
  );
}

function Entry({ entry, titles }: Readonly<{ entry: ListedEntry; titles: Titles }>) {
  const texts = TRACKER_TEXTS[titles.language];
  const about = { 'aria-describedby': `entry-${entry.log_index}` };
  return (
    <li>
      <p class="kern-body" id={`entry-${entry.log_index}`}>
        {entrySentence(entry, titles)}
      </p>
      <p class="entries__links">
        <a class="kern-link" href={`/data/entry/${entry.log_index}`} {...about}>
          {texts.details}
        </a>
        <a class="kern-link" href={`/data/entry/${entry.log_index}#ask`} {...about}>
          {texts.question}
        </a>
        <a class="kern-link" href={`/check/${entry.log_index}`} {...about}>
          {texts.prove}
        </a>
      </p>
    </li>
  );
}

type AnswersProps = Readonly<{ answers: readonly RegisterAnswer[]; titles: Titles; visit: Visit }>;

/** What registers have on record, in the words of each. */
export function RegisterLines({ answers, titles, visit }: AnswersProps) {
  const texts = TRACKER_TEXTS[titles.language];
  const withEntries = answers.filter(({ entries }) => entries.length > 0);
  return (
    <section>
      <h2 class="kern-heading-medium">{texts.ofRegister}</h2>
      {withEntries.length === 0 ? <p class="kern-body">{texts.noEntries}</p> : null}
      {withEntries.map(({ register, entries }) => {
        const about = { register, titles };
        const [own, others] = [entries.filter(isOwnLook), entries.filter((it) => !isOwnLook(it))];
        return (
          <section key={register} data-lines={register}>
            <h3 class="kern-heading-small">{titles.register(register)}</h3>
            <form method="post" action="/data/question">
              <CsrfField visit={visit} />
              <input type="hidden" name="register" value={register} />
              <Lines lines={others} kind="line" {...about} />
              <Apart label={texts.steps} count={own.length} content={<Lines lines={own} kind="step" {...about} />} />
            </form>
          </section>
        );
      })}
    </section>
  );
}
