import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import { CurrentCatalogue } from '../catalogue/current-catalogue.js';
import { AccessRefused } from '../client/access-tokens.js';
import { PagesConnection } from '../client/pages-connection.js';
import { RpcFailure } from '../platform/grpc-client.js';
import { describeError, OperationalLog } from '../platform/operational-log.js';
import { INSPECTING } from './oversight/inspecting.js';
import { LogAlarm } from './oversight/log-alarm.js';
import { PAGE_REASONS, PageFault, type PageReason, pageReasonOf } from './page-fault.js';
import { LookupNotShown } from './session/own-lookup.js';
import { FaultPage, faultTitle } from './shell/fault-page.js';
import { htmlOf } from './shell/html.js';
import { LookupPage, lookupTitle } from './shell/lookup-page.js';
import type { View } from './view.js';
import { visitOf } from './visit.guard.js';
import type { Visit } from './visit.js';

/** Every failure becomes a page with a reason of the closed list; what was behind it is in the operational log alone. */
@Catch()
export class FaultFilter implements ExceptionFilter {
  constructor(
    private readonly node: PagesConnection,
    private readonly catalogue: CurrentCatalogue,
    private readonly log: OperationalLog,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const visit = visitOf(request);
    void this.viewOf(error, visit).then(({ status, ...view }) =>
      reply.status(status).header('content-type', 'text/html; charset=utf-8').send(htmlOf(view, visit)),
    );
  }

  private async viewOf(error: unknown, visit: Visit): Promise<Required<View>> {
    if (error instanceof LookupNotShown) return lookupView(error, visit);
    const reason = reasonOf(error);
    if (reason === 'INTERNAL') this.log.error(describeError(error), 'a page failed');
    else if (PAGE_REASONS[reason] >= 500) this.log.warn({ ...describeError(error), reason }, 'a page is not available');
    const body = (
      <FaultPage reason={reason} visit={visit}>
        {await this.alarmFor(reason, visit)}
      </FaultPage>
    );
    return { title: faultTitle(reason, visit), body, status: PAGE_REASONS[reason] };
  }

  /** A log that is stopped takes no entry of a look: whoever inspects gets what names nobody, and what anybody may read. Never rejects. */
  private async alarmFor(reason: PageReason, { account, language }: Visit): Promise<VNode | null> {
    if (reason !== 'NODE_STOPPED' || account === undefined || !INSPECTING.roles.includes(account.signedIn.role))
      return null;
    try {
      const status = await this.node.logStatus();
      const { issuer } = this.node.profile.node;
      return <LogAlarm status={status} issuer={issuer} current={this.catalogue} language={language} />;
    } catch (error) {
      this.log.warn(describeError(error), 'the state of the log is not known');
      return null;
    }
  }
}

/** No failure: what was asked for comes after it. */
function lookupView({ text }: LookupNotShown, visit: Visit): Required<View> {
  return { title: lookupTitle(visit), body: <LookupPage text={text} visit={visit} />, status: 403 };
}

function reasonOf(error: unknown): PageReason {
  if (error instanceof PageFault) return error.reason;
  if (error instanceof RpcFailure) return pageReasonOf(error);
  if (error instanceof AccessRefused) return error.status >= 500 ? 'NODE_UNAVAILABLE' : 'INTERNAL';
  if (error instanceof HttpException) return error.getStatus() === 404 ? 'NOT_FOUND' : 'REQUEST_NOT_VALID';
  if (typeof error === 'object' && error !== null && 'statusCode' in error) {
    if (error.statusCode === 413) return 'REQUEST_TOO_LARGE';
    if (typeof error.statusCode === 'number' && error.statusCode < 500) return 'REQUEST_NOT_VALID';
  }
  return 'INTERNAL';
}
