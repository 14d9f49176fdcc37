import { type DynamicModule, Module, type Provider, type Type } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import { AnswerInterceptor } from './answer.interceptor.js';
import { DecidePage } from './decide/decide.page.js';
import { PreviewPage } from './decide/preview.page.js';
import { FaultFilter } from './fault.filter.js';
import { GovernancePage } from './governance/governance.page.js';
import { ProposalPage } from './governance/proposal.page.js';
import { CaseFilesPage } from './oversight/case-files.page.js';
import { CasesPage } from './oversight/cases.page.js';
import { EntriesPage } from './oversight/entries.page.js';
import { ExplanationPage } from './oversight/explanation.page.js';
import { ImpactPage } from './oversight/impact.page.js';
import { LogEntryPage } from './oversight/log-entry.page.js';
import { OverviewPage } from './oversight/overview.page.js';
import { PermissionsPage } from './oversight/permissions.page.js';
import { PersonSearchPage } from './oversight/person-search.page.js';
import { ProcessingPage } from './oversight/processing.page.js';
import { ReadsPage } from './oversight/reads.page.js';
import { SampleFilesPage } from './oversight/sample-files.page.js';
import { SamplesPage } from './oversight/samples.page.js';
import { AccountPage } from './session/account.page.js';
import { OwnLookup } from './session/own-lookup.js';
import { SignInPage } from './session/sign-in.page.js';
import { HomePage } from './shell/home.page.js';
import { LanguagePage } from './shell/language.page.js';
import { CheckPage } from './tracker/check.page.js';
import { Citizens } from './tracker/citizens.js';
import { DataPage } from './tracker/data.page.js';
import { DecisionsPage } from './tracker/decisions.page.js';
import { EntryPage } from './tracker/entry.page.js';
import { ExportPage } from './tracker/export.page.js';
import { QuestionPage } from './tracker/question.page.js';
import { VisitGuard } from './visit.guard.js';

/** Every page is a controller with its own view; a new one is listed here, and in `shell/navigation.ts` if it is a section. */
const PAGES: readonly Type[] = [
  HomePage,
  LanguagePage,
  SignInPage,
  AccountPage,
  DecidePage,
  PreviewPage,
  OverviewPage,
  EntriesPage,
  LogEntryPage,
  PersonSearchPage,
  CasesPage,
  CaseFilesPage,
  ReadsPage,
  SamplesPage,
  SampleFilesPage,
  ImpactPage,
  PermissionsPage,
  ExplanationPage,
  ProcessingPage,
  GovernancePage,
  ProposalPage,
  DataPage,
  ExportPage,
  EntryPage,
  QuestionPage,
  DecisionsPage,
  CheckPage,
];

@Module({})
class PagesModule {}

export function pagesModule(parts: readonly Provider[]): DynamicModule {
  return {
    module: PagesModule,
    controllers: [...PAGES],
    providers: [
      ...parts,
      OwnLookup,
      Citizens,
      { provide: APP_GUARD, useClass: VisitGuard },
      { provide: APP_INTERCEPTOR, useClass: AnswerInterceptor },
      { provide: APP_FILTER, useClass: FaultFilter },
    ],
  };
}
