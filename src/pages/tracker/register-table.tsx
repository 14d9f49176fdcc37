import type { RegisterAnswer } from '../../client/citizen-calls.js';
import type { Titles } from './titles.js';
import { TRACKER_TEXTS } from './tracker-texts.js';

const STATES = ['entries', 'no_entries', 'unreachable', 'not_asked'] as const;

/** How each register answered, and how many answered how. */
export function RegisterTable({ answers, titles }: Readonly<{ answers: readonly RegisterAnswer[]; titles: Titles }>) {
  const texts = TRACKER_TEXTS[titles.language];
  return (
    <section aria-labelledby="registers">
      <h2 class="kern-heading-medium" id="registers">
        {texts.counters}
      </h2>
      <ul class="counters">
        {STATES.map((state) => (
          <li key={state} data-state={state}>
            <strong>{answers.filter((it) => it.state === state).length}</strong> {texts.states[state]}
          </li>
        ))}
      </ul>
      {answers.some(({ state }) => state === 'unreachable') ? <p class="kern-body">{texts.unreachableHint}</p> : null}
      <table class="kern-table kern-table--small registers" aria-labelledby="registers">
        <thead>
          <tr class="kern-table__row">
            {[texts.register, texts.state, texts.entryCount, texts.reachesBack].map((it) => (
              <th key={it} class="kern-table__header" scope="col">
                {it}
              </th>
            ))}
          </tr>
        </thead>
        <tbody class="kern-table__body">
          {answers.map((answer) => (
            <RegisterRow key={answer.register} answer={answer} titles={titles} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function RegisterRow({ answer, titles }: Readonly<{ answer: RegisterAnswer; titles: Titles }>) {
  const texts = TRACKER_TEXTS[titles.language];
  const { register, state, not_asked: why, entries, next, reaches_back_to: since } = answer;
  const isAnswered = state === 'entries' || state === 'no_entries';
  return (
    <tr class="kern-table__row" data-register={register}>
      <th class="kern-table__header" scope="row">
        {titles.register(register)}
      </th>
      <td class="kern-table__cell">
        {texts.states[state]}
        {why === '' ? null : ` (${texts.notAsked[why]})`}
      </td>
      <td class="kern-table__cell">{isAnswered ? `${entries.length}${next === '' ? '' : '+'}` : '–'}</td>
      <td class="kern-table__cell">{!isAnswered ? '–' : since === '' ? texts.nothingYet : titles.time(since)}</td>
    </tr>
  );
}
