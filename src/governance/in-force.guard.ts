import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { outage } from '../platform/fault.js';
import { CatalogueTakeOver } from './take-over-catalogue.js';

/** Before anything is answered: whether this node still knows which catalogue is in force. */
@Injectable()
export class InForceGuard implements CanActivate {
  constructor(private readonly takeOver: CatalogueTakeOver) {}

  canActivate(context: ExecutionContext): boolean {
    if (context.getType() === 'rpc' && !this.takeOver.isConfirmed) throw outage('CATALOGUE_UNAVAILABLE');
    return true;
  }
}
