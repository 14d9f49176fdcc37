import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';
import type { CurrentCatalogue } from '../catalogue/current-catalogue.js';
import { CurrentRules } from '../permission/current-rules.js';
import { CallerDirectory } from '../platform/caller.js';
import { Clock } from '../platform/clock.js';
import { EntryGuard } from '../platform/entry.guard.js';
import { OperationalLog } from '../platform/operational-log.js';
import { StatusFilter } from '../platform/status.filter.js';
import { IssuerKey } from '../tokens/issuer-key.js';
import { CheckPermissionHandler } from './check-permission.js';
import { ListChecksHandler } from './list-checks.js';
import { PermissionRpc } from './permission.rpc.js';
import { PermissionLog } from './permission-log.js';
import { PermissionLogReader } from './permission-log-reader.js';
import { PolicyRpc } from './policy.rpc.js';

export type IntermediaryParts = Readonly<{
  catalogue: CurrentCatalogue;
  key: IssuerKey;
  permissionLog: PermissionLog;
  permissionLogReader: PermissionLogReader;
  clock: Clock;
  operationalLog: OperationalLog;
}>;

@Module({})
class IntermediaryModule {}

export function intermediaryModule(parts: IntermediaryParts): DynamicModule {
  return {
    module: IntermediaryModule,
    imports: [CqrsModule.forRoot()],
    controllers: [PermissionRpc, PolicyRpc],
    providers: [
      CheckPermissionHandler,
      ListChecksHandler,
      { provide: CurrentRules, useValue: new CurrentRules(parts.catalogue) },
      { provide: CallerDirectory, useValue: parts.catalogue },
      { provide: IssuerKey, useValue: parts.key },
      { provide: PermissionLog, useValue: parts.permissionLog },
      { provide: PermissionLogReader, useValue: parts.permissionLogReader },
      { provide: OperationalLog, useValue: parts.operationalLog },
      { provide: Clock, useValue: parts.clock },
      { provide: APP_GUARD, useClass: EntryGuard },
      { provide: APP_FILTER, useValue: new StatusFilter(parts.operationalLog) },
    ],
  };
}
