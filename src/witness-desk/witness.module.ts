import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { CallerDirectory } from '../platform/caller.js';
import type { OperationalLog } from '../platform/operational-log.js';
import { StatusFilter } from '../platform/status.filter.js';
import { WitnessHttp } from './witness.http.js';
import { WitnessDesk } from './witness-desk.js';

@Module({})
class WitnessModule {}

export function witnessModule(desk: WitnessDesk, callers: CallerDirectory, log: OperationalLog): DynamicModule {
  return {
    module: WitnessModule,
    controllers: [WitnessHttp],
    providers: [
      { provide: WitnessDesk, useValue: desk },
      { provide: CallerDirectory, useValue: callers },
      { provide: APP_FILTER, useValue: new StatusFilter(log) },
    ],
  };
}
