import type { InLanguages } from '../language.js';
import type { PageReason } from '../page-fault.js';

type FaultText = Readonly<{ title: string; what: string; next: string }>;

export const FAULT_TEXTS: InLanguages<Readonly<Record<PageReason, FaultText>>> = {
  de: {
    NOT_FOUND: {
      title: 'Seite nicht gefunden',
      what: 'Unter dieser Adresse gibt es nichts, oder nichts mehr.',
      next: 'Prüfen Sie die Adresse. Ein Link zu einer Entscheidung gilt nur einmal und nur für kurze Zeit: Beginnen Sie beim Onlinedienst neu.',
    },
    NOT_SIGNED_IN: {
      title: 'Bitte melden Sie sich an',
      what: 'Diese Seite sehen Sie erst nach der Anmeldung. Vielleicht ist Ihre Sitzung abgelaufen.',
      next: 'Melden Sie sich an. Danach kommen Sie auf diese Seite zurück.',
    },
    ROLE_NOT_ALLOWED: {
      title: 'Diese Seite ist nicht für Sie bestimmt',
      what: 'Mit Ihrer Rolle können Sie diese Seite nicht öffnen.',
      next: 'Melden Sie sich ab und mit der passenden Rolle wieder an.',
    },
    ASSURANCE_TOO_LOW: {
      title: 'Bitte weisen Sie sich stärker aus',
      what: 'Diese Seite zeigt Daten, für die das Vertrauensniveau Ihrer Anmeldung nicht reicht.',
      next: 'Melden Sie sich mit der Online-Ausweisfunktion an (Vertrauensniveau hoch).',
    },
    FROM_ELSEWHERE: {
      title: 'Möchten Sie diese Seite öffnen?',
      what: 'Eine andere Website hat Sie hierher geschickt. Was Sie hier ansehen, wird protokolliert.',
      next: 'Öffnen Sie die Seite nur, wenn Sie das wollen.',
    },
    FORM_NOT_VALID: {
      title: 'Das Formular gilt nicht mehr',
      what: 'Die Eingabe kam nicht von einer Seite Ihrer laufenden Sitzung. Es wurde nichts verändert.',
      next: 'Öffnen Sie die Seite neu und senden Sie das Formular noch einmal.',
    },
    SEARCH_ENDED: {
      title: 'Diese Suche ist nicht mehr offen',
      what: 'Eine Suche bleibt neun Minuten offen, und nebeneinander bleiben die fünf neuesten offen. Es wurde nichts ausgegeben.',
      next: 'Suchen Sie die Person noch einmal, mit Grund und Aktenzeichen.',
    },
    REQUEST_NOT_VALID: {
      title: 'Die Eingabe ist nicht vollständig',
      what: 'Etwas fehlt oder hat eine falsche Form. Es wurde nichts verändert.',
      next: 'Gehen Sie zurück und prüfen Sie Ihre Eingaben.',
    },
    REQUEST_TOO_LARGE: {
      title: 'Die Eingabe ist zu groß',
      what: 'So viel Text kann nicht angenommen werden. Es wurde nichts verändert.',
      next: 'Gehen Sie zurück und kürzen Sie Ihre Eingabe.',
    },
    SIGN_IN_FAILED: {
      title: 'Die Anmeldung ist nicht gelungen',
      what: 'Sie wurde abgebrochen, hat zu lange gedauert oder passt nicht zu diesem Browser.',
      next: 'Versuchen Sie es noch einmal.',
    },
    SIGN_IN_UNAVAILABLE: {
      title: 'Die Anmeldung ist gerade nicht möglich',
      what: 'Der Dienst, bei dem Sie sich anmelden, antwortet nicht.',
      next: 'Versuchen Sie es in einigen Minuten noch einmal.',
    },
    NOT_AVAILABLE_TO_YOU: {
      title: 'Hier gibt es nichts für Sie',
      what: 'Mit Ihren Angaben wurde nichts gefunden, worüber Sie entscheiden oder was Sie sehen können.',
      next: 'Sie können den Nachweis selbst vorlegen oder sich an die Behörde wenden.',
    },
    TOO_MANY_REQUESTS: {
      title: 'Zu viele Versuche',
      what: 'In kurzer Zeit kamen zu viele Anfragen.',
      next: 'Warten Sie einige Minuten und versuchen Sie es dann noch einmal.',
    },
    NODE_REFUSED: {
      title: 'Das ist nicht erlaubt',
      what: 'Die Anfrage wurde geprüft und abgelehnt. Die Ablehnung ist protokolliert.',
      next: 'Beginnen Sie bei der Stelle neu, von der Sie gekommen sind.',
    },
    NODE_UNAVAILABLE: {
      title: 'Gerade nicht erreichbar',
      what: 'Ein Teil des Systems antwortet nicht. Es wurde nichts weitergegeben.',
      next: 'Versuchen Sie es in einigen Minuten noch einmal.',
    },
    NODE_STOPPED: {
      title: 'Das System ist angehalten',
      what: 'Eine Stelle, die das Protokoll mitprüft, bestreitet es. Bis das geklärt ist, wird nichts weitergegeben und nichts gezeigt.',
      next: 'Das dauert länger als einige Minuten. Wenden Sie sich bis dahin direkt an die Behörde.',
    },
    INTERNAL: {
      title: 'Das hat nicht geklappt',
      what: 'Hier ist ein Fehler passiert, der bei uns liegt. Es wurde nichts weitergegeben.',
      next: 'Versuchen Sie es noch einmal.',
    },
  },
  'de-simple': {
    NOT_FOUND: {
      title: 'Die Seite gibt es nicht',
      what: 'Hier ist nichts. Oder es ist nichts mehr da.',
      next: 'Prüfen Sie die Adresse. Manche Links gehen nur ein Mal. Fangen Sie dann neu an.',
    },
    NOT_SIGNED_IN: {
      title: 'Bitte melden Sie sich an',
      what: 'Sie müssen sich für diese Seite anmelden. Vielleicht waren Sie zu lange weg.',
      next: 'Melden Sie sich an. Dann sehen Sie diese Seite.',
    },
    ROLE_NOT_ALLOWED: {
      title: 'Die Seite ist nicht für Sie',
      what: 'Sie dürfen diese Seite nicht öffnen.',
      next: 'Melden Sie sich ab. Melden Sie sich dann anders an.',
    },
    ASSURANCE_TOO_LOW: {
      title: 'Bitte zeigen Sie Ihren Ausweis',
      what: 'Für diese Seite müssen wir sicher wissen, wer Sie sind.',
      next: 'Melden Sie sich mit Ihrem Online-Ausweis an.',
    },
    FROM_ELSEWHERE: {
      title: 'Wollen Sie diese Seite sehen?',
      what: 'Eine andere Seite hat Sie hierher geschickt. Wir schreiben auf, was Sie hier ansehen.',
      next: 'Sie wollen das nicht? Dann schließen Sie diese Seite.',
    },
    FORM_NOT_VALID: {
      title: 'Das Formular geht nicht mehr',
      what: 'Das Formular ist zu alt. Es ist nichts passiert.',
      next: 'Öffnen Sie die Seite neu.',
    },
    SEARCH_ENDED: {
      title: 'Die Suche ist zu Ende',
      what: 'Eine Suche bleibt 9 Minuten offen. Und nur die letzten 5 Suchen bleiben offen. Sie haben keine Daten bekommen.',
      next: 'Suchen Sie die Person noch einmal.',
    },
    REQUEST_NOT_VALID: {
      title: 'Es fehlt etwas',
      what: 'Etwas ist leer oder falsch. Es ist nichts passiert.',
      next: 'Gehen Sie zurück. Prüfen Sie Ihre Angaben.',
    },
    REQUEST_TOO_LARGE: {
      title: 'Der Text ist zu lang',
      what: 'So viel Text geht nicht. Es ist nichts passiert.',
      next: 'Gehen Sie zurück. Schreiben Sie weniger.',
    },
    SIGN_IN_FAILED: {
      title: 'Das Anmelden hat nicht geklappt',
      what: 'Sie haben abgebrochen. Oder es hat zu lange gedauert.',
      next: 'Versuchen Sie es noch einmal.',
    },
    SIGN_IN_UNAVAILABLE: {
      title: 'Anmelden geht gerade nicht',
      what: 'Der Dienst zum Anmelden antwortet nicht.',
      next: 'Warten Sie ein paar Minuten. Versuchen Sie es dann noch einmal.',
    },
    NOT_AVAILABLE_TO_YOU: {
      title: 'Hier ist nichts für Sie',
      what: 'Wir haben zu Ihren Angaben nichts gefunden.',
      next: 'Sie können die Papiere selbst bringen. Oder fragen Sie das Amt.',
    },
    TOO_MANY_REQUESTS: {
      title: 'Zu viele Versuche',
      what: 'Es waren zu viele Versuche in kurzer Zeit.',
      next: 'Warten Sie ein paar Minuten.',
    },
    NODE_REFUSED: {
      title: 'Das ist nicht erlaubt',
      what: 'Wir haben geprüft: Das geht nicht. Das haben wir aufgeschrieben.',
      next: 'Fangen Sie noch einmal von vorne an.',
    },
    NODE_UNAVAILABLE: {
      title: 'Das geht gerade nicht',
      what: 'Ein Teil antwortet nicht. Niemand hat Ihre Daten bekommen.',
      next: 'Warten Sie ein paar Minuten. Versuchen Sie es dann noch einmal.',
    },
    NODE_STOPPED: {
      title: 'Wir haben alles angehalten',
      what: 'Ein Zeuge sagt: Das Protokoll stimmt nicht. Wir prüfen das. So lange bekommt niemand Ihre Daten.',
      next: 'Das dauert länger. Gehen Sie so lange direkt zum Amt.',
    },
    INTERNAL: {
      title: 'Das hat nicht geklappt',
      what: 'Das ist unser Fehler. Niemand hat Ihre Daten bekommen.',
      next: 'Versuchen Sie es noch einmal.',
    },
  },
  en: {
    NOT_FOUND: {
      title: 'Page not found',
      what: 'There is nothing at this address, or nothing any more.',
      next: 'Check the address. A link to a decision works once and for a short time only: begin again at the online service.',
    },
    NOT_SIGNED_IN: {
      title: 'Please sign in',
      what: 'You see this page after signing in. Your session may have ended.',
      next: 'Sign in. You will come back to this page.',
    },
    ROLE_NOT_ALLOWED: {
      title: 'This page is not for you',
      what: 'Your role does not open this page.',
      next: 'Sign out, and sign in with the right role.',
    },
    ASSURANCE_TOO_LOW: {
      title: 'Please identify yourself at a higher level',
      what: 'This page shows data for which the level of assurance of your sign-in does not suffice.',
      next: 'Sign in with your online identity card (level of assurance high).',
    },
    FROM_ELSEWHERE: {
      title: 'Do you want to open this page?',
      what: 'Another website sent you here. What you look at here is put on record.',
      next: 'Open the page only if you want to.',
    },
    FORM_NOT_VALID: {
      title: 'The form is not valid any more',
      what: 'It did not come from a page of your current session. Nothing was changed.',
      next: 'Open the page again and send the form once more.',
    },
    SEARCH_ENDED: {
      title: 'This search is not open any more',
      what: 'A search stays open for nine minutes, and of several the five newest do. Nothing was given out.',
      next: 'Search for the person once more, with reason and file reference.',
    },
    REQUEST_NOT_VALID: {
      title: 'Something is missing',
      what: 'An input is missing or has the wrong form. Nothing was changed.',
      next: 'Go back and check what you entered.',
    },
    REQUEST_TOO_LARGE: {
      title: 'The input is too large',
      what: 'So much text cannot be accepted. Nothing was changed.',
      next: 'Go back and shorten what you entered.',
    },
    SIGN_IN_FAILED: {
      title: 'Signing in did not succeed',
      what: 'It was cancelled, took too long, or does not belong to this browser.',
      next: 'Try again.',
    },
    SIGN_IN_UNAVAILABLE: {
      title: 'Signing in is not possible now',
      what: 'The service at which you sign in does not answer.',
      next: 'Try again in a few minutes.',
    },
    NOT_AVAILABLE_TO_YOU: {
      title: 'There is nothing here for you',
      what: 'With your details nothing was found that you can decide on or see.',
      next: 'You can hand in the evidence yourself, or ask the authority.',
    },
    TOO_MANY_REQUESTS: {
      title: 'Too many attempts',
      what: 'Too many requests came in a short time.',
      next: 'Wait a few minutes, then try again.',
    },
    NODE_REFUSED: {
      title: 'This is not permitted',
      what: 'The request was checked and refused. The refusal is on record.',
      next: 'Begin again where you came from.',
    },
    NODE_UNAVAILABLE: {
      title: 'Not reachable now',
      what: 'A part of the system does not answer. Nothing was passed on.',
      next: 'Try again in a few minutes.',
    },
    NODE_STOPPED: {
      title: 'The system has stopped',
      what: 'A body that checks the log as well disputes it. Until that is settled nothing is passed on and nothing is shown.',
      next: 'This takes longer than a few minutes. Until then turn to the authority itself.',
    },
    INTERNAL: {
      title: 'This did not work',
      what: 'This is a fault of ours. Nothing was passed on.',
      next: 'Try again.',
    },
  },
};
