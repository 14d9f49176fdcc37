import { renderToString } from 'preact-render-to-string';
import { LEVELS, LOGINS } from './logins.js';

/** The choice of a person and a level; no password, because nobody here is real. */
export function loginPage(uid: string): string {
  return `<!doctype html>${renderToString(
    <html lang="de">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>Simulator einer Anmeldung</title>
        <link rel="icon" href="data:," />
      </head>
      <body>
        <main>
          <h1>Simulator einer Anmeldung</h1>
          <p>
            <strong>Das ist nicht BundID und keine echte Anmeldung.</strong> Alle Personen sind erfunden: Wählen Sie,
            wer Sie sein möchten.
          </p>
          <form method="post" action={`/interaction/${uid}`}>
            <fieldset>
              <legend>Person</legend>
              {LOGINS.map(({ id, name, note }, at) => (
                <p key={id}>
                  <input type="radio" name="login" id={id} value={id} required checked={at === 0} />
                  <label for={id}>{` ${name}${name.startsWith(note) ? '' : ` – ${note}`}`}</label>
                </p>
              ))}
            </fieldset>
            <fieldset>
              <legend>Vertrauensniveau</legend>
              {LEVELS.map(({ id, title }, at) => (
                <p key={id}>
                  <input type="radio" name="level" id={`level-${at}`} value={id} required checked={at === 0} />
                  <label for={`level-${at}`}>{` ${title}`}</label>
                </p>
              ))}
            </fieldset>
            <p>
              <button type="submit" name="decision" value="enter">
                Anmelden
              </button>{' '}
              <button type="submit" name="decision" value="cancel">
                Abbrechen
              </button>
            </p>
          </form>
        </main>
      </body>
    </html>,
  )}`;
}
