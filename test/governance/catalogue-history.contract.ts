import { randomUUID } from 'node:crypto';
import { expect, it } from '@jest/globals';
import type { VersionFiles } from '../../src/catalogue/load-catalogue.js';
import type { CatalogueHistory, NewProposal } from '../../src/governance/catalogue-history.js';

const FILES: VersionFiles = new Map([
  ['rules.yaml', Buffer.from('rules: []\n')],
  ['areas.yaml', Buffer.from('areas: []\n')],
]);
const HOUR_MS = 3_600_000;

/** The sentences of the doc comments of CatalogueHistory, one test each. Every history begins empty. */
export function catalogueHistoryContract(create: () => Promise<CatalogueHistory>): void {
  const begun = async (version = 'one') => {
    const history = await create();
    await history.exclusively(async (open) => {
      await open.keep(version, FILES);
      await open.activate(version);
    });
    return history;
  };
  const aProposal = (over: Partial<NewProposal> = {}): NewProposal => ({
    id: randomUUID(),
    version: 'two',
    basedOn: 1,
    changed: ['rules.yaml'],
    proposedBy: 'administrator-1',
    actor: 'pseudonym-1',
    fingerprint: 'f',
    ...over,
  });
  const proposed = (history: CatalogueHistory, proposal: NewProposal, approved?: boolean) =>
    history.exclusively(async (open) => {
      await open.keep(proposal.version, new Map([...FILES, ['rules.yaml', Buffer.from(`# ${proposal.version}\n`)]]));
      await open.propose(proposal);
      if (approved !== undefined)
        await open.decide(proposal.id, { approved, decidedBy: 'administrator-2', reason: 'synthetic' });
    });

  it('has nothing in force before the first activation, and then the last', async () => {
    const empty = await create();
    expect(await empty.inForce()).toBeUndefined();
    const history = await begun();
    expect(await history.inForce()).toMatchObject({ number: 1, version: 'one' });
    const proposal = aProposal();
    await proposed(history, proposal, true);
    await history.exclusively((open) => open.activate('two', proposal.id));
    expect(await history.inForce()).toMatchObject({ number: 2, version: 'two', proposal: proposal.id });
    expect((await history.activations(10)).map(({ number }) => number)).toEqual([2, 1]);
  });

  it('keeps the files of a version as they were written, and the first ones', async () => {
    const history = await begun();
    await history.exclusively((open) => open.keep('one', new Map([['rules.yaml', Buffer.from('other')]])));
    expect(await history.filesOf('one')).toEqual(FILES);
    expect(await history.filesOf('two')).toBeUndefined();
  });

  it('gives proposals with what was decided on them', async () => {
    const history = await begun();
    const [open, decided] = [aProposal({ activateAt: Date.UTC(2030, 0, 1) }), aProposal({ version: 'three' })];
    await proposed(history, open);
    await proposed(history, decided, false);
    const found = await history.proposals(10);
    expect(found).toHaveLength(2);
    expect(found.find(({ id }) => id === open.id)).toMatchObject(open);
    expect(found.find(({ id }) => id === decided.id)).toMatchObject({
      ...decided,
      decision: { approved: false, decidedBy: 'administrator-2', reason: 'synthetic' },
    });
  });

  it('says what is due: approved, under this activation, its moment come', async () => {
    const history = await begun();
    await proposed(history, aProposal({ version: 'undecided' }));
    await proposed(history, aProposal({ version: 'rejected' }), false);
    await proposed(history, aProposal({ version: 'later', activateAt: Date.now() + HOUR_MS }), true);
    expect(await history.due(1)).toBeUndefined();
    const [atOnce, past] = [aProposal(), aProposal({ version: 'past', activateAt: 0 })];
    await proposed(history, atOnce, true);
    await proposed(history, past, true);
    expect(await history.due(1)).toEqual({ proposal: atOnce.id, version: 'two' });
    expect(await history.due(2)).toBeUndefined();
  });

  it('changes nothing where the work fails', async () => {
    const history = await begun();
    const failing = history.exclusively(async (open) => {
      await open.keep('two', FILES);
      await open.propose(aProposal());
      await open.activate('two');
      throw new Error('no log');
    });
    await expect(failing).rejects.toThrow('no log');
    expect(await history.inForce()).toMatchObject({ number: 1 });
    expect(await history.proposals(10)).toEqual([]);
    expect(await history.filesOf('two')).toBeUndefined();
  });

  it('is changed by one at a time', async () => {
    const history = await begun();
    const numbers = await Promise.all(
      [1, 2, 3].map(() =>
        history.exclusively(async (open) => {
          const before = await open.inForce();
          await new Promise((resolve) => setTimeout(resolve, 10));
          await open.activate('one');
          return before?.number;
        }),
      ),
    );
    expect(numbers.toSorted()).toEqual([1, 2, 3]);
  });

  const decidedOnce = (history: CatalogueHistory, proposal: string, approved: boolean) =>
    history.exclusively((open) =>
      open.decide(proposal, { approved, decidedBy: 'administrator-3', reason: 'synthetic, later' }),
    );

  it.each([
    ['a rejection', false, true],
    ['a rejection', false, false],
    ['an approval', true, true],
  ])('after %s takes none that says: approved %s, then %s', async (_, first, then) => {
    const history = await begun();
    const proposal = aProposal();
    await proposed(history, proposal, first);
    await expect(decidedOnce(history, proposal.id, then)).rejects.toThrow();
    expect((await history.proposals(1))[0]?.decision).toMatchObject({ approved: first, reason: 'synthetic' });
  });

  it('takes a rejection of what was approved, which is not due then', async () => {
    const history = await begun();
    const proposal = aProposal();
    await proposed(history, proposal, true);
    await decidedOnce(history, proposal.id, false);
    expect(await history.due(1)).toBeUndefined();
    expect(await history.proposals(9)).toEqual([
      expect.objectContaining({ decision: expect.objectContaining({ approved: false, reason: 'synthetic, later' }) }),
    ]);
    await expect(decidedOnce(history, proposal.id, true)).rejects.toThrow();
  });
}
