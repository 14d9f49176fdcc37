import { Controller } from '@nestjs/common';
import type { InLanguages } from '../language.js';
import { ShowAt } from '../page-at.js';
import type { View } from '../view.js';
import { type Visit, Visiting } from '../visit.js';
import { navigationFor } from './navigation.js';

type Texts = Readonly<{
  title: string;
  lead: string;
  points: readonly string[];
  toSignIn: string;
  chooseSection: string;
}>;

const TEXTS: InLanguages<Texts> = {
  de: {
    title: 'Ihre Nachweise, einmal',
    lead: 'Hier entscheiden Sie, welche Nachweise ein Onlinedienst für Ihren Antrag aus Registern bekommt.',
    points: [
      'Sie sehen vorher, wer fragt, wofür und auf welcher Rechtsgrundlage.',
      'Sie entscheiden für jeden Nachweis einzeln: abrufen lassen oder selbst vorlegen.',
      'Sie sehen die Daten, bevor sie jemand verwendet.',
      'Jeder Abruf wird protokolliert, und Sie können das Protokoll einsehen.',
    ],
    toSignIn: 'Für eine Entscheidung brauchen Sie den Link, den Ihnen der Onlinedienst gibt.',
    chooseSection: 'Wählen Sie einen Bereich:',
  },
  'de-simple': {
    title: 'Ihre Papiere vom Amt',
    lead: 'Hier sagen Sie: Diese Daten darf das Amt holen. Oder: Diese Daten darf das Amt nicht holen.',
    points: [
      'Sie sehen: Wer will die Daten haben? Und warum?',
      'Sie sagen bei jedem Papier Ja oder Nein.',
      'Sie sehen die Daten zuerst.',
      'Wir schreiben alles auf. Sie können das lesen.',
    ],
    toSignIn: 'Sie brauchen einen Link. Den Link bekommen Sie dort, wo Sie Ihren Antrag machen.',
    chooseSection: 'Wählen Sie eine Seite:',
  },
  en: {
    title: 'Your evidence, once',
    lead: 'Here you decide which evidence an online service gets from registers for your application.',
    points: [
      'You see beforehand who asks, for what, and on which legal basis.',
      'You decide for each piece of evidence: have it fetched, or bring it yourself.',
      'You see the data before anybody uses them.',
      'Every retrieval is logged, and you can read the log.',
    ],
    toSignIn: 'For a decision you need the link that the online service gives you.',
    chooseSection: 'Choose a section:',
  },
};

@Controller()
export class HomePage {
  @ShowAt('', { roles: [] })
  show(@Visiting() visit: Visit): View {
    const texts = TEXTS[visit.language];
    const sections = navigationFor(visit.account?.signedIn.role);
    return {
      title: texts.title,
      body: (
        <>
          <p class="kern-body kern-body--large">{texts.lead}</p>
          <ul class="kern-list kern-list--bullet">
            {texts.points.map((point) => (
              <li key={point}>{point}</li>
            ))}
          </ul>
          <p class="kern-body">{sections.length > 0 ? texts.chooseSection : texts.toSignIn}</p>
          {sections.length > 0 ? (
            <ul class="kern-list kern-list--bullet">
              {sections.map(({ path, title }) => (
                <li key={path}>
                  <a class="kern-link" href={path}>
                    {title[visit.language]}
                  </a>
                </li>
              ))}
            </ul>
          ) : null}
        </>
      ),
    };
  }
}
