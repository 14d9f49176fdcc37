import type { MethodDefinition, PackageDefinition, ServiceDefinition } from '@grpc/proto-loader';
import { loadSync } from '@grpc/proto-loader';
import { protoFolder } from './paths.js';

/** What reaches the handler in place of a message that could not be decoded; grpc-js would answer a bare INTERNAL. */
export class Undecodable {
  constructor(
    readonly reason: 'REQUEST_MALFORMED' | 'REQUEST_TOO_LARGE',
    readonly metadata: Readonly<Record<string, string>> = {},
  ) {}
}

export const BROKER_PROTOS = [
  'einmal/broker/v1/identity_service.proto',
  'einmal/broker/v1/consent_service.proto',
  'einmal/broker/v1/evidence_service.proto',
  'einmal/broker/v1/prefill_service.proto',
  'einmal/broker/v1/catalogue_service.proto',
  'einmal/broker/v1/transparency_service.proto',
  'einmal/broker/v1/oversight_service.proto',
  'einmal/broker/v1/citizen_service.proto',
] as const;

export const PERMISSION_PROTOS = ['einmal/broker/v1/permission_service.proto'] as const;

export const REGISTER_PROTOS = [
  'einmal/register/v1/register_service.proto',
  'einmal/register/v1/identity_directory_service.proto',
] as const;

export const SOURCE_PROTOS = ['einmal/source/v1/record_service.proto'] as const;

const loaded = new Map<string, PackageDefinition>();

/** The same flags generate `rpc-types/`: names as in the proto file, int64 and enums as strings, absent stays absent. */
export function loadProtos(files: readonly string[]): PackageDefinition {
  const name = files.join(' ');
  const known = loaded.get(name) ?? readProtos(files);
  loaded.set(name, known);
  return known;
}

function readProtos(files: readonly string[]): PackageDefinition {
  return loadSync([...files], {
    keepCase: true,
    longs: String,
    enums: String,
    oneofs: true,
    includeDirs: [protoFolder],
  });
}

/** Makes decoding faults values: bounded size first, then the protobuf decoder. */
export function withDecodingFaults(definition: PackageDefinition, limitBytes: number): PackageDefinition {
  const entries = Object.entries(definition).map(([name, entry]) => {
    if (!isService(entry)) return [name, entry] as const;
    const methods = Object.entries(entry).map(([method, spec]) => [method, guarded(spec, limitBytes)] as const);
    return [name, Object.fromEntries(methods)] as const;
  });
  return Object.fromEntries(entries);
}

function isService(entry: PackageDefinition[string]): entry is ServiceDefinition {
  return !('format' in entry);
}

function guarded(spec: MethodDefinition<object, object>, limitBytes: number): MethodDefinition<object, object> {
  return {
    ...spec,
    requestDeserialize: (bytes: Buffer): object => {
      if (bytes.length > limitBytes) return new Undecodable('REQUEST_TOO_LARGE', { limit_bytes: String(limitBytes) });
      try {
        return spec.requestDeserialize(bytes);
      } catch {
        return new Undecodable('REQUEST_MALFORMED');
      }
    },
  };
}
