import {
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  ServiceUnavailableException,
} from '@nestjs/common';
import { finalize, from, mergeMap, type Observable } from 'rxjs';

/**
 * Lets some requests run at once and some wait; who comes beyond that is told to come again (503). For what anybody may
 * ask: it must not take the connections to the database from those who are known.
 */
@Injectable()
export class AtMost implements NestInterceptor {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(private readonly limits: Readonly<{ running: number; waiting: number }>) {}

  intercept(_context: ExecutionContext, next: CallHandler): Observable<unknown> {
    return from(this.enter()).pipe(mergeMap(() => next.handle().pipe(finalize(() => this.leave()))));
  }

  private async enter(): Promise<void> {
    if (this.running < this.limits.running) this.running += 1;
    else if (this.waiting.length >= this.limits.waiting) throw new ServiceUnavailableException();
    // Whoever leaves hands over its place.
    else await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  private leave(): void {
    const next = this.waiting.shift();
    if (next === undefined) this.running -= 1;
    else next();
  }
}
