import { expect, test } from '@jest/globals';
import type { ExchangeContext, PreparedExchange, RequestedSubject } from '../../src/exchange/exchange.js';
import { PersonAllowance } from '../../src/exchange/person-allowance.js';
import { Seal } from '../../src/platform/secrets.js';
import { MemoryPersonLimits } from './memory-person-limits.js';

const NOON = Date.UTC(2026, 10, 23, 12);

test('a limit on persons counts no company: it is no person', async () => {
  const allowance = new PersonAllowance(new MemoryPersonLimits(), new Seal(Buffer.alloc(32, 7)), { now: () => NOON });
  const context = { caller: { participant: { id: 'gewerbe-online' } } } as unknown as ExchangeContext;
  const rates = [{ rule: 'rule', of: 'persons', max: 1, per: 'day' }];
  const about = (subjectRole: string) =>
    ({
      ...{ lookups: [], notDelivered: [], known: [] },
      retrievals: [{ evidenceType: { id: 'some' }, subjectRole, permission: { obligations: { rates } } }],
    }) as unknown as PreparedExchange;
  const companies = ['1', '2', '3'].map(
    (it): RequestedSubject => ({
      role: 'company',
      kind: 'company',
      company: { set: 'business-number', business_number: it },
    }),
  );
  for (const company of companies)
    expect((await allowance.within(context, about('company'), [company])).retrievals).toHaveLength(1);
  const person = (birth_date: string): RequestedSubject => ({
    ...{ role: 'owner', kind: 'key' },
    key: { set: 'name', family_name: 'Musterfrau', given_names: 'Erika', birth_date },
  });
  await allowance.within(context, about('owner'), [person('1990-04-05')]);
  await expect(allowance.within(context, about('owner'), [person('1990-04-06')])).rejects.toMatchObject({
    reason: 'RATE_LIMITED',
  });
});
