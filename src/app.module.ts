import { type DynamicModule, Module, type Provider } from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';
import { AccessGuard } from './access/access.guard.js';
import { IssueAccessTokenHandler } from './access/issue-access-token.js';
import { TokenHttp } from './access/token.http.js';
import type { RefusalFilter } from './audit/refusal.filter.js';
import { CatalogueRpc } from './catalogue/catalogue.rpc.js';
import { AskRegistersHandler } from './citizen/ask-registers.js';
import { CitizenRpc } from './citizen/citizen.rpc.js';
import { DiscrepancyRpc } from './citizen/discrepancy.rpc.js';
import { GetOwnDiscrepancyHandler } from './citizen/get-own-discrepancy.js';
import { ListOwnDecisionsHandler } from './citizen/list-own-decisions.js';
import { OpenOwnEntryHandler } from './citizen/open-own-entry.js';
import { ReportDiscrepancyHandler } from './citizen/report-discrepancy.js';
import { ReportOwnDiscrepancyHandler } from './citizen/report-own-discrepancy.js';
import { WithdrawOwnDecisionHandler } from './citizen/withdraw-own-decision.js';
import { ConsentRpc } from './consent/consent.rpc.js';
import { GetTriggerHandler } from './consent/get-trigger.js';
import { GrantTriggersHandler } from './consent/grant-triggers.js';
import { ListTriggersHandler } from './consent/list-triggers.js';
import { WithdrawTriggersHandler } from './consent/withdraw-triggers.js';
import { AnswerDecisionHandler } from './decisions/answer-decision.js';
import { DecisionRpc } from './decisions/decision.rpc.js';
import { GetDecisionHandler } from './decisions/get-decision.js';
import { OpenDecisionHandler } from './decisions/open-decision.js';
import { RequestDecisionHandler } from './decisions/request-decision.js';
import { AttestReleaseHandler } from './exchange/attest-release.js';
import { CollectEvidenceHandler } from './exchange/collect-evidence.js';
import { DecideReleaseHandler } from './exchange/decide-release.js';
import { DeferralRpc } from './exchange/deferral.rpc.js';
import { EvidenceRpc } from './exchange/evidence.rpc.js';
import { IdentityRpc } from './exchange/identity.rpc.js';
import { PrefillRpc } from './exchange/prefill.rpc.js';
import { PrefillFormHandler } from './exchange/prefill-form.js';
import { PreviewAtPagesHandler } from './exchange/preview-at-pages.js';
import { PreviewEvidenceHandler } from './exchange/preview-evidence.js';
import { ResolveIdentityHandler } from './exchange/resolve-identity.js';
import { RetrieveEvidenceHandler } from './exchange/retrieve-evidence.js';
import { DecideCatalogueHandler } from './governance/decide-catalogue.js';
import { GetCatalogueVersionHandler } from './governance/get-catalogue-version.js';
import { GovernanceRpc } from './governance/governance.rpc.js';
import { InForceGuard } from './governance/in-force.guard.js';
import { ListCatalogueVersionsHandler } from './governance/list-catalogue-versions.js';
import { ProposeCatalogueHandler } from './governance/propose-catalogue.js';
import { SimulateProposalHandler } from './governance/simulate-proposal.js';
import { BeginPersonSearchHandler } from './oversight/begin-person-search.js';
import { CasesRpc } from './oversight/cases.rpc.js';
import { CommitSampleHandler } from './oversight/commit-sample.js';
import { DrawSampleHandler } from './oversight/draw-sample.js';
import { ExplainRpc } from './oversight/explain.rpc.js';
import { FiltersRpc } from './oversight/filters.rpc.js';
import { FindEntriesHandler } from './oversight/find-entries.js';
import { GetCaseHandler } from './oversight/get-case.js';
import { GetOverviewHandler } from './oversight/get-overview.js';
import { GetSampleHandler } from './oversight/get-sample.js';
import { InspectEntryHandler } from './oversight/inspect-entry.js';
import { ListCasesHandler } from './oversight/list-cases.js';
import { ListProcessingUseHandler } from './oversight/list-processing-use.js';
import { ListReadsHandler } from './oversight/list-reads.js';
import { ListSamplesHandler } from './oversight/list-samples.js';
import { OversightRpc } from './oversight/oversight.rpc.js';
import { RecordCaseStepHandler } from './oversight/record-case-step.js';
import { RecordSampleFindingHandler } from './oversight/record-sample-finding.js';
import { SamplesRpc } from './oversight/samples.rpc.js';
import { PolicyRpc } from './permission/policy.rpc.js';
import { SimulateCatalogueHandler } from './permission/simulate-catalogue.js';
import { EntryGuard } from './platform/entry.guard.js';
import { EntriesRpc } from './transparency/entries.rpc.js';
import { ExportEntriesHandler } from './transparency/export-entries.js';
import { GetCheckpointHandler } from './transparency/get-checkpoint.js';
import { GetKeyHistoryHandler } from './transparency/get-key-history.js';
import { GetLogStatusHandler } from './transparency/get-log-status.js';
import { GetTileHandler } from './transparency/get-tile.js';
import { IssueReceiptHandler } from './transparency/issue-receipt.js';
import { ListEntriesHandler } from './transparency/list-entries.js';
import { ListSubjectEntriesHandler } from './transparency/list-subject-entries.js';
import { LogHttp } from './transparency/log.http.js';
import { OpenRecordHandler } from './transparency/open-record.js';
import { ProveConsistencyHandler } from './transparency/prove-consistency.js';
import { ProveInclusionHandler } from './transparency/prove-inclusion.js';
import { SubjectEntriesRpc } from './transparency/subject-entries.rpc.js';
import { TransparencyRpc } from './transparency/transparency.rpc.js';

@Module({})
class NodeModule {}

/** The rooms of the node in the order in which a request meets them; `parts` are built by `start-node.ts`. */
export function nodeModule(parts: readonly Provider[], refusals: RefusalFilter): DynamicModule {
  return {
    module: NodeModule,
    imports: [CqrsModule.forRoot()],
    controllers: [
      TokenHttp,
      CatalogueRpc,
      PolicyRpc,
      GovernanceRpc,
      ConsentRpc,
      DecisionRpc,
      IdentityRpc,
      EvidenceRpc,
      DeferralRpc,
      PrefillRpc,
      TransparencyRpc,
      EntriesRpc,
      SubjectEntriesRpc,
      CitizenRpc,
      DiscrepancyRpc,
      LogHttp,
      OversightRpc,
      CasesRpc,
      SamplesRpc,
      FiltersRpc,
      ExplainRpc,
    ],
    providers: [
      ...parts,
      // In this order on every call: who calls and what, whether the law is known, then with which token.
      { provide: APP_GUARD, useClass: EntryGuard },
      { provide: APP_GUARD, useClass: InForceGuard },
      { provide: APP_GUARD, useClass: AccessGuard },
      { provide: APP_FILTER, useValue: refusals },
      IssueAccessTokenHandler,
      GrantTriggersHandler,
      WithdrawTriggersHandler,
      GetTriggerHandler,
      ListTriggersHandler,
      RequestDecisionHandler,
      GetDecisionHandler,
      OpenDecisionHandler,
      AnswerDecisionHandler,
      ResolveIdentityHandler,
      SimulateCatalogueHandler,
      ProposeCatalogueHandler,
      DecideCatalogueHandler,
      ListCatalogueVersionsHandler,
      GetCatalogueVersionHandler,
      SimulateProposalHandler,
      RetrieveEvidenceHandler,
      PrefillFormHandler,
      PreviewEvidenceHandler,
      PreviewAtPagesHandler,
      DecideReleaseHandler,
      AttestReleaseHandler,
      CollectEvidenceHandler,
      GetCheckpointHandler,
      GetLogStatusHandler,
      GetTileHandler,
      ProveInclusionHandler,
      ProveConsistencyHandler,
      ListEntriesHandler,
      OpenRecordHandler,
      ExportEntriesHandler,
      ListSubjectEntriesHandler,
      IssueReceiptHandler,
      GetKeyHistoryHandler,
      GetOverviewHandler,
      FindEntriesHandler,
      InspectEntryHandler,
      BeginPersonSearchHandler,
      ListProcessingUseHandler,
      ListReadsHandler,
      ListCasesHandler,
      GetCaseHandler,
      RecordCaseStepHandler,
      CommitSampleHandler,
      DrawSampleHandler,
      ListSamplesHandler,
      GetSampleHandler,
      RecordSampleFindingHandler,
      AskRegistersHandler,
      OpenOwnEntryHandler,
      ListOwnDecisionsHandler,
      WithdrawOwnDecisionHandler,
      ReportOwnDiscrepancyHandler,
      GetOwnDiscrepancyHandler,
      ReportDiscrepancyHandler,
    ],
  };
}
