import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { CommandBus } from '@nestjs/cqrs';
import { lastValueFrom, toArray } from 'rxjs';
import type { Emission } from '../../src/exchange/emit-evidence.js';
import { ExchangeSettings } from '../../src/exchange/exchange-settings.js';
import { PrefillRpc } from '../../src/exchange/prefill.rpc.js';
import type { PrefillForm } from '../../src/exchange/prefill-form.js';
import { makeTestIdnr } from '../../src/identity/idnr.js';
import type { ServerCall } from '../../src/platform/call.js';
import { type CallerDirectory, identifyCaller } from '../../src/platform/caller.js';
import type { StreamPrefillRequest__Output } from '../../src/platform/rpc-types/einmal/broker/v1/StreamPrefillRequest.js';
import * as decide from './decided.js';
import { aWorld } from './world.js';

const world = aWorld();

function aCall(): ServerCall {
  const call = {
    cancelled: false,
    on: () => undefined,
    getDeadline: () => world.clock.now() + 5000,
    getAuthContext: () => ({ sslPeerCertificate: { raw: Buffer.from('certificate') } }),
  } as unknown as ServerCall;
  const everybody = { participantOf: () => world.current.lookup.participant('familienkasse-online') };
  identifyCaller(call, everybody as unknown as CallerDirectory);
  return call;
}

const request = {
  request: {
    request_id: randomUUID(),
    service: 'kindergeld',
    subjects: [{ role: 'parent', natural_person: { idnr_key: { idnr: makeTestIdnr(1), birth_date: '1990' } } }],
    trigger_ids: ['trigger-1'],
  },
} as unknown as StreamPrefillRequest__Output;

describe('the fields of a stream', () => {
  it.each([0, 1, 2, 3])(
    'are all sent as fields, each as it is in the answer, where %i pieces came by themselves',
    async (count) => {
      const emitted: Emission[] = [];
      const { all } = await decide.everythingDecided(world);
      const answer = await world.prefill({ triggers: all, emit: (emission) => emitted.push(emission) });
      const execute = async ({ emit }: PrefillForm) => {
        for (const emission of emitted.slice(0, count)) emit?.(emission);
        return answer;
      };
      const settings = new ExchangeSettings(5000, 15_000, true, 400, 150);
      const rpc = new PrefillRpc({ execute } as unknown as CommandBus, world.current, settings, world.clock);
      const parts = await lastValueFrom(rpc.streamPrefill(request, undefined as never, aCall()).pipe(toArray()));
      const shown = new Map(
        parts.flatMap(({ field }) => (field ? [[`${field.fim_id} ${field.subject_role}`, field]] : [])),
      );
      const fields = parts.at(-1)?.answer?.fields ?? [];
      expect(fields.length).toBeGreaterThan(0);
      expect([...shown.keys()].sort()).toEqual(fields.map((it) => `${it.fim_id} ${it.subject_role}`).sort());
      for (const field of fields) expect(shown.get(`${field.fim_id} ${field.subject_role}`)).toEqual(field);
      expect(parts.filter(({ evidence }) => evidence)).toHaveLength(answer.evidence.length);
    },
  );
});
