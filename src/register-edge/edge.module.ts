import { type DynamicModule, Module, type Provider, type Type } from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';
import type { CurrentCatalogue } from '../catalogue/current-catalogue.js';
import { CallerDirectory } from '../platform/caller.js';
import { Clock } from '../platform/clock.js';
import { EntryGuard } from '../platform/entry.guard.js';
import type { OperationalLog } from '../platform/operational-log.js';
import { Seal } from '../platform/secrets.js';
import { DeferralStore } from './deferral-store.js';
import { DirectoryRpc } from './directory.rpc.js';
import { DiscrepancyStore } from './discrepancy-store.js';
import { EdgeDesk } from './edge-desk.js';
import { EdgeIdentity } from './edge-identity.js';
import { EdgeLog } from './edge-log.js';
import { EdgeLogReader } from './edge-log-reader.js';
import { EdgeRefusalFilter } from './edge-refusal.filter.js';
import { EvidenceIssuer } from './evidence-issuer.js';
import { EvidenceSource } from './evidence-source.js';
import { GetDiscrepancyHandler } from './get-discrepancy.js';
import { InquiryExaminer } from './inquiry-examiner.js';
import { ListSubjectEntriesHandler } from './list-subject-entries.js';
import { LogRpc } from './log.rpc.js';
import { LookupPersonHandler } from './lookup-person.js';
import { PersonDirectory } from './person-directory.js';
import { RateLimit } from './rate-limit.js';
import { DescriptionRpc, RegisterRpc } from './register.rpc.js';
import { ReplayStore } from './replay-store.js';
import { ReportDiscrepancyHandler } from './report-discrepancy.js';
import { RetrieveEvidenceHandler } from './retrieve-evidence.js';
import { StreamLogHandler } from './stream-log.js';
import { SubjectRpc } from './subject.rpc.js';
import { SubjectLines } from './subject-lines.js';

/** A register answers with evidence, the identity directory with a person: one edge never does both. */
export type Serving =
  | Readonly<{ kind: 'register'; source: EvidenceSource; issuer: EvidenceIssuer; deferrals: DeferralStore }>
  | Readonly<{ kind: 'directory'; directory: PersonDirectory }>;

type EdgeParts = Readonly<{
  identity: EdgeIdentity;
  catalogue: CurrentCatalogue;
  desk: EdgeDesk;
  log: EdgeLog;
  logReader: EdgeLogReader;
  lines: SubjectLines;
  inquiries: InquiryExaminer;
  rates: RateLimit;
  replay: ReplayStore;
  discrepancies: DiscrepancyStore;
  seal: Seal;
  serving: Serving;
  clock: Clock;
  operationalLog: OperationalLog;
}>;

@Module({})
class EdgeModule {}

export function edgeModule(parts: EdgeParts): DynamicModule {
  const { controller, providers } = servedBy(parts.serving);
  return {
    module: EdgeModule,
    imports: [CqrsModule.forRoot()],
    controllers: [DescriptionRpc, LogRpc, SubjectRpc, controller],
    providers: [
      ...providers,
      { provide: EdgeIdentity, useValue: parts.identity },
      { provide: EdgeDesk, useValue: parts.desk },
      { provide: EdgeLog, useValue: parts.log },
      { provide: EdgeLogReader, useValue: parts.logReader },
      { provide: SubjectLines, useValue: parts.lines },
      { provide: InquiryExaminer, useValue: parts.inquiries },
      { provide: RateLimit, useValue: parts.rates },
      { provide: ReplayStore, useValue: parts.replay },
      { provide: DiscrepancyStore, useValue: parts.discrepancies },
      { provide: Seal, useValue: parts.seal },
      StreamLogHandler,
      ListSubjectEntriesHandler,
      ReportDiscrepancyHandler,
      GetDiscrepancyHandler,
      { provide: CallerDirectory, useValue: parts.catalogue },
      { provide: Clock, useValue: parts.clock },
      { provide: APP_GUARD, useClass: EntryGuard },
      { provide: APP_FILTER, useValue: new EdgeRefusalFilter(parts.operationalLog, parts.log, parts.clock) },
    ],
  };
}

function servedBy(serving: Serving): Readonly<{ controller: Type; providers: readonly Provider[] }> {
  if (serving.kind === 'directory')
    return {
      controller: DirectoryRpc,
      providers: [LookupPersonHandler, { provide: PersonDirectory, useValue: serving.directory }],
    };
  return {
    controller: RegisterRpc,
    providers: [
      RetrieveEvidenceHandler,
      { provide: EvidenceSource, useValue: serving.source },
      { provide: EvidenceIssuer, useValue: serving.issuer },
      { provide: DeferralStore, useValue: serving.deferrals },
    ],
  };
}
