import type { ComponentChildren } from 'preact';
import { ownPath } from '../own-path.js';
import type { PageReason } from '../page-fault.js';
import type { Visit } from '../visit.js';
import { FAULT_TEXTS } from './fault-texts.js';
import { SHELL_TEXTS } from './shell-texts.js';

/** Where signing in helps. */
const SIGN_IN_HELPS: readonly PageReason[] = ['NOT_SIGNED_IN', 'ASSURANCE_TOO_LOW', 'SIGN_IN_FAILED'];

export function faultTitle(reason: PageReason, { language }: Visit): string {
  return FAULT_TEXTS[language][reason].title;
}

type FaultPageProps = Readonly<{ reason: PageReason; visit: Visit; children?: ComponentChildren }>;

/** `children`: what whoever visits may know of it beyond that. */
export function FaultPage({ reason, visit, children }: FaultPageProps) {
  const { what, next } = FAULT_TEXTS[visit.language][reason];
  const then = reason === 'SIGN_IN_FAILED' ? '/' : visit.path;
  return (
    <div data-reason={reason}>
      <p class="kern-body kern-body--large">{what}</p>
      <p class="kern-body">{next}</p>
      {children}
      {SIGN_IN_HELPS.includes(reason) ? (
        <a class="kern-btn kern-btn--primary" href={`/sign-in?then=${encodeURIComponent(then)}`}>
          <span class="kern-label">{SHELL_TEXTS[visit.language].signIn}</span>
        </a>
      ) : null}
      {reason === 'FROM_ELSEWHERE' ? null : (
        <p class="kern-body">
          <a class="kern-link" href="/">
            {SHELL_TEXTS[visit.language].toStart}
          </a>
        </p>
      )}
      {/* However long: this is the address that was asked for, and confirmed it must lead there. */}
      {reason === 'FROM_ELSEWHERE' ? (
        <a class="kern-btn kern-btn--primary" href={ownPath(visit.path)}>
          <span class="kern-label">{SHELL_TEXTS[visit.language].goOn}</span>
        </a>
      ) : null}
    </div>
  );
}
