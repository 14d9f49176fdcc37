import type { ComponentChildren } from 'preact';
import { htmlLanguage, LANGUAGES } from '../language.js';
import type { Visit } from '../visit.js';
import { ASSETS } from './assets.js';
import { CsrfField } from './form.js';
import { currentOf, navigationFor } from './navigation.js';
import { LANGUAGE_NAMES, SHELL_TEXTS } from './shell-texts.js';

type ShellProps = Readonly<{ title: string; visit: Visit; children: ComponentChildren }>;

/** Of text and of headings: asked for with the style sheets and not after them, so that nothing moves when they have come. */
const FONTS = ['Regular', 'SemiBold'] as const;

/** What is around every page. Nothing in it needs a script, and nothing comes from elsewhere. */
export function Shell({ title, visit, children }: ShellProps) {
  const texts = SHELL_TEXTS[visit.language];
  return (
    <html lang={htmlLanguage(visit.language)}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{`${title} – Einmal`}</title>
        <link rel="icon" href="data:," />
        {FONTS.map((name) => (
          <link
            key={name}
            rel="preload"
            href={`${ASSETS}/kern/fonts/fira-sans/FiraSans-${name}.woff2`}
            as="font"
            type="font/woff2"
            crossorigin="anonymous"
          />
        ))}
        <link rel="stylesheet" href={`${ASSETS}/kern/kern.min.css`} />
        <link rel="stylesheet" href={`${ASSETS}/kern/fonts/fira-sans.css`} />
        <link rel="stylesheet" href={`${ASSETS}/einmal.css`} />
      </head>
      <body>
        <a class="kern-link skip-link" href="#content">
          {texts.skip}
        </a>
        <header>
          <div class="kern-kopfzeile">
            <div class="kern-container">
              <div class="kern-kopfzeile__content">
                <span class="kern-kopfzeile__label">{texts.notOfficial}</span>
              </div>
            </div>
          </div>
          <div class="kern-container masthead">
            <a class="masthead__name" href="/">
              Einmal
            </a>
            <LanguageSwitch visit={visit} />
            <WhoIsThere visit={visit} />
          </div>
          <Navigation visit={visit} />
        </header>
        <main id="content" class="kern-container" tabIndex={-1}>
          <h1 class="kern-heading-large">{title}</h1>
          {children}
        </main>
        <footer class="kern-container">
          <p class="kern-body kern-body--small">{texts.about}</p>
        </footer>
      </body>
    </html>
  );
}

function LanguageSwitch({ visit }: Readonly<{ visit: Visit }>) {
  return (
    <nav aria-label={SHELL_TEXTS[visit.language].language} class="masthead__languages">
      <ul>
        {LANGUAGES.map((language) => (
          <li key={language}>
            <a
              class="kern-link kern-link--no-visited-state"
              href={`/language/${language}?then=${encodeURIComponent(visit.path)}`}
              lang={htmlLanguage(language)}
              aria-current={language === visit.language ? 'true' : undefined}
            >
              {LANGUAGE_NAMES[language]}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function WhoIsThere({ visit }: Readonly<{ visit: Visit }>) {
  const texts = SHELL_TEXTS[visit.language];
  if (visit.account === undefined)
    return (
      <a class="kern-btn kern-btn--secondary" href={`/sign-in?then=${encodeURIComponent(visit.path)}`}>
        <span class="kern-label">{texts.signIn}</span>
      </a>
    );
  const { name, signedIn } = visit.account;
  return (
    <form class="masthead__account" method="post" action="/sign-out">
      <CsrfField visit={visit} />
      <p class="kern-body kern-body--small">
        {texts.signedInAs}:{' '}
        <a class="kern-link kern-link--no-visited-state" href="/account">
          {name}
        </a>
        {signedIn.role === 'citizen' ? null : ` (${texts.roles[signedIn.role]})`}
      </p>
      <button class="kern-btn kern-btn--secondary" type="submit">
        <span class="kern-label">{texts.signOut}</span>
      </button>
    </form>
  );
}

function Navigation({ visit }: Readonly<{ visit: Visit }>) {
  const entries = navigationFor(visit.account?.signedIn.role);
  if (entries.length === 0) return null;
  const [path = ''] = visit.path.split('?');
  return (
    <nav aria-label={SHELL_TEXTS[visit.language].navigation} class="kern-container sections">
      <ul>
        {entries.map((entry) => (
          <li key={entry.path}>
            <a class="kern-link" href={entry.path} aria-current={currentOf(entry.path, path)}>
              {entry.title[visit.language]}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
