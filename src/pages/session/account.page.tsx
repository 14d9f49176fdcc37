import { Controller } from '@nestjs/common';
import type { Assurance } from '../../catalogue/catalogue.js';
import { CurrentCatalogue } from '../../catalogue/current-catalogue.js';
import { SESSION_ROLES } from '../../tokens/session-token.js';
import { type InLanguages, inLanguage, readableTime } from '../language.js';
import { ShowAt } from '../page-at.js';
import { PagesSettings } from '../pages-settings.js';
import { Facts } from '../shell/facts.js';
import { SHELL_TEXTS } from '../shell/shell-texts.js';
import type { View } from '../view.js';
import { type SignedInVisit, VisitingSignedIn } from '../visit.js';

type Texts = Readonly<{
  title: string;
  name: string;
  role: string;
  level: string;
  levels: Readonly<Record<Assurance, string>>;
  since: string;
  at: string;
  kept: string;
}>;

const TEXTS: InLanguages<Texts> = {
  de: {
    title: 'Ihre Anmeldung',
    name: 'Name',
    role: 'Rolle',
    level: 'Vertrauensniveau',
    levels: { low: 'niedrig', substantial: 'substanziell', high: 'hoch' },
    since: 'Angemeldet seit',
    at: 'Bei',
    kept: 'Ihre Angaben sind nur in dieser Sitzung gespeichert. Sie endet nach 20 Minuten ohne Eingabe oder wenn Sie sich abmelden.',
  },
  'de-simple': {
    title: 'Ihre Anmeldung',
    name: 'Name',
    role: 'Sie sind',
    level: 'So sicher ist Ihre Anmeldung',
    levels: { low: 'wenig sicher', substantial: 'sicher', high: 'sehr sicher' },
    since: 'Angemeldet seit',
    at: 'Bei',
    kept: 'Wir merken uns Ihre Daten nur, solange Sie angemeldet sind. Nach 20 Minuten Pause ist Schluss.',
  },
  en: {
    title: 'Your sign-in',
    name: 'Name',
    role: 'Role',
    level: 'Level of assurance',
    levels: { low: 'low', substantial: 'substantial', high: 'high' },
    since: 'Signed in since',
    at: 'At',
    kept: 'Your details are kept in this session alone. It ends after 20 minutes without input, or when you sign out.',
  },
};

/** What a session knows of the person whose it is. */
@Controller()
export class AccountPage {
  constructor(
    private readonly catalogue: CurrentCatalogue,
    private readonly settings: PagesSettings,
  ) {}

  @ShowAt('account', { roles: SESSION_ROLES })
  show(@VisitingSignedIn() { language, account }: SignedInVisit): View {
    const texts = TEXTS[language];
    const { role, assurance, signedInAt } = account.signedIn;
    const pages = this.catalogue.lookup.participant(this.settings.participant);
    const rows = [
      [texts.name, account.name],
      [texts.role, SHELL_TEXTS[language].roles[role]],
      [texts.level, texts.levels[assurance]],
      [texts.since, readableTime(signedInAt * 1000, language)],
      [texts.at, pages === undefined ? '' : inLanguage(pages.title, language)],
    ] as const;
    return {
      title: texts.title,
      body: (
        <>
          <Facts rows={rows} />
          <p class="kern-body">{texts.kept}</p>
        </>
      ),
    };
  }
}
