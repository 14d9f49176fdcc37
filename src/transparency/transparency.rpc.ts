import { Controller } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { GrpcMethod } from '@nestjs/microservices';
import { ProofFault, type ProofFaultCode } from '#libs/merkle/proof-fault.js';
import { Fault, invalid } from '../platform/fault.js';
import type { GetCheckpointResponse } from '../platform/rpc-types/einmal/broker/v1/GetCheckpointResponse.js';
import type { GetLogStatusResponse } from '../platform/rpc-types/einmal/broker/v1/GetLogStatusResponse.js';
import type { ProveConsistencyRequest__Output } from '../platform/rpc-types/einmal/broker/v1/ProveConsistencyRequest.js';
import type { ProveConsistencyResponse } from '../platform/rpc-types/einmal/broker/v1/ProveConsistencyResponse.js';
import type { ProveInclusionRequest__Output } from '../platform/rpc-types/einmal/broker/v1/ProveInclusionRequest.js';
import type { ProveInclusionResponse } from '../platform/rpc-types/einmal/broker/v1/ProveInclusionResponse.js';
import { GetCheckpoint } from './get-checkpoint.js';
import { GetLogStatus } from './get-log-status.js';
import { logStatusToWire } from './log-status.wire.js';
import { ProveConsistency } from './prove-consistency.js';
import { ProveInclusion } from './prove-inclusion.js';
import { BeyondLog } from './tree-at.js';

/** Proofs of the log. Leaves say nothing about anybody, so every participant may have them. */
@Controller()
export class TransparencyRpc {
  constructor(private readonly queries: QueryBus) {}

  @GrpcMethod('TransparencyService', 'GetCheckpoint')
  async getCheckpoint(): Promise<GetCheckpointResponse> {
    const { checkpoint, treeSize, rootHash } = await this.queries.execute(new GetCheckpoint());
    return { checkpoint: checkpoint ?? '', tree_size: treeSize, root_hash: rootHash };
  }

  @GrpcMethod('TransparencyService', 'GetLogStatus')
  async getLogStatus(): Promise<GetLogStatusResponse> {
    return logStatusToWire(await this.queries.execute(new GetLogStatus()));
  }

  @GrpcMethod('TransparencyService', 'ProveInclusion')
  async proveInclusion(request: ProveInclusionRequest__Output): Promise<ProveInclusionResponse> {
    const query = new ProveInclusion(
      whole('log_index', request.log_index),
      ...(request.tree_size === undefined ? [] : [whole('tree_size', request.tree_size)]),
    );
    const { leafHash, proof, treeSize, rootHash } = await this.queries.execute(query).catch(asFault);
    return { leaf_hash: leafHash, proof: [...proof], tree_size: treeSize, root_hash: rootHash };
  }

  @GrpcMethod('TransparencyService', 'ProveConsistency')
  async proveConsistency(request: ProveConsistencyRequest__Output): Promise<ProveConsistencyResponse> {
    const query = new ProveConsistency(
      whole('old_size', request.old_size),
      ...(request.new_size === undefined ? [] : [whole('new_size', request.new_size)]),
    );
    const { proof, newSize, newRootHash } = await this.queries.execute(query).catch(asFault);
    return { proof: [...proof], new_size: newSize, new_root_hash: newRootHash };
  }
}

function whole(field: string, value: unknown): number {
  const number = Number(value ?? 0);
  if (!Number.isSafeInteger(number) || number < 0) throw invalid([{ field, description: 'must be a whole number' }]);
  return number;
}

/** What the question alone can be at fault for; a node that is missing is damage of the log. */
const OF_THE_QUESTION: readonly ProofFaultCode[] = ['SIZE_INVALID', 'SIZE_ORDER', 'INDEX_BEYOND_TREE'];

function asFault(error: unknown): never {
  if (error instanceof BeyondLog || (error instanceof ProofFault && OF_THE_QUESTION.includes(error.code)))
    throw new Fault('BEYOND_LOG', { cause: error });
  throw error;
}
