import type { InLanguages } from '../language.js';
import { ownPath } from '../own-path.js';
import type { Visit } from '../visit.js';
import { SHELL_TEXTS } from './shell-texts.js';
import { SignedText } from './signed-text.js';

type Texts = Readonly<{ title: string; lead: string }>;

const TEXTS: InLanguages<Texts> = {
  de: {
    title: 'Dafür werden Sie gesucht',
    lead: 'Um diese Seite zu zeigen, werden Sie im Verzeichnis gesucht. Gehen Sie weiter, so erklären Sie damit:',
  },
  'de-simple': {
    title: 'Wir müssen Sie erst finden',
    lead: 'Für diese Seite suchen wir Sie. Wenn Sie weitergehen, dann sagen Sie damit:',
  },
  en: {
    title: 'For this you are looked up',
    lead: 'To show this page you are looked up in the directory. By going on you state:',
  },
};

export function lookupTitle({ language }: Visit): string {
  return TEXTS[language].title;
}

/** Before somebody is looked up who has not read yet what they decide by that. */
export function LookupPage({ text, visit }: Readonly<{ text: string; visit: Visit }>) {
  return (
    <div data-lookup>
      <p class="kern-body">{TEXTS[visit.language].lead}</p>
      <SignedText>{text}</SignedText>
      <a class="kern-btn kern-btn--primary" href={ownPath(visit.path)}>
        <span class="kern-label">{SHELL_TEXTS[visit.language].goOn}</span>
      </a>
    </div>
  );
}
