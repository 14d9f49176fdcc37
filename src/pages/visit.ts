import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Language } from '../catalogue/catalogue.js';
import type { Account } from './session/account.js';

/** One request of one browser, as pages see it. */
export type Visit = Readonly<{
  language: Language;
  /** Path with query, for links that come back here. */
  path: string;
  account: Account | undefined;
}>;

/** Somebody who is signed in; the guard has seen to it that they are in one of the roles of the page. */
export type SignedInVisit = Visit & Readonly<{ account: Account }>;

/** Of a page that only those see who are signed in. */
export const VisitingSignedIn = createParamDecorator((_: unknown, context: ExecutionContext): SignedInVisit => {
  const { visit } = context.switchToHttp().getRequest<FastifyRequest>();
  if (visit?.account === undefined) throw new Error('a page that admits everybody has nobody signed in');
  return { ...visit, account: visit.account };
});

declare module 'fastify' {
  interface FastifyRequest {
    visit?: Visit;
  }
}

/** The visit, in a page. */
export const Visiting = createParamDecorator((_: unknown, context: ExecutionContext): Visit => {
  const { visit } = context.switchToHttp().getRequest<FastifyRequest>();
  if (visit === undefined) throw new Error('the guard of visits has not run');
  return visit;
});
