import type { PersonKey } from '../../client/applicant.js';
import type { SignedIn } from '../../client/pages-connection.js';
import type { AttestedAnswer } from '../../client/pages-decisions.js';
import type { OpenSearch } from '../oversight/open-searches.js';

/** Who signed in, as their session knows it. Nothing of it is kept beyond the session. */
export type Account = Readonly<{
  signedIn: SignedIn;
  /** As the identity provider gave it; shown to the person alone. */
  name: string;
  /** Attested attributes by which the person can be found; only where all of them were given. */
  person: PersonKey | undefined;
  /** In every form of the session. */
  csrf: string;
}>;

/** A sign-in that has left for the identity provider (RFC 6749 § 10.12, RFC 7636, OpenID Connect Core § 3.1.2.1). */
export type PendingSignIn = Readonly<{ state: string; nonce: string; verifier: string; then: string }>;

declare module 'fastify' {
  interface Session {
    account?: Account;
    pending?: PendingSignIn;
    /** Hash of the text that was shown last for a lookup, by the service for which it is. */
    shown?: Readonly<Record<string, string>>;
    /**
     * Subject token of the person by the last lookup of this session, for what, by which certificate of the pages (`x5t#S256`), and until
     * when it may be used (ms).
     */
    lookup?: Readonly<{ service: string; subjectToken: string; certificate: string; endsAt: number }>;
    /** The last lookup that found nobody, for what, and until when it is not made again (ms). */
    refused?: Readonly<{ service: string; endsAt: number }>;
    /** An officer's searches for persons, to go on with, oldest first: in no address. */
    searches?: readonly OpenSearch[];
    /** Nonces of samples that were committed to in this session and are not told yet, hexadecimal, by the hash that the node knows. */
    nonces?: Readonly<Record<string, string>>;
    /** What was decided at a link, from when it was sent until the node has confirmed it or refused it. */
    answer?: Readonly<{ secret: string }> & AttestedAnswer;
    /** Whether the store has it already. */
    stored?: true;
  }
}
