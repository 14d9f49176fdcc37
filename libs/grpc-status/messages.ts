import protobuf from 'protobufjs/light.js';

const { Field, MapField, Namespace, Root, Type } = protobuf;

/**
 * `google.rpc.Status` and the details of AIP-193 as protobufjs reflection objects; the numbers are those of
 * google/rpc/status.proto, google/rpc/error_details.proto, google/protobuf/any.proto and duration.proto.
 */
const rpc = new Namespace('rpc')
  .add(
    new Type('Status')
      .add(new Field('code', 1, 'int32'))
      .add(new Field('message', 2, 'string'))
      .add(new Field('details', 3, 'google.protobuf.Any', 'repeated')),
  )
  .add(
    new Type('ErrorInfo')
      .add(new Field('reason', 1, 'string'))
      .add(new Field('domain', 2, 'string'))
      .add(new MapField('metadata', 3, 'string', 'string')),
  )
  .add(new Type('RetryInfo').add(new Field('retry_delay', 1, 'google.protobuf.Duration')))
  .add(
    new Type('BadRequest')
      .add(new Field('field_violations', 1, 'FieldViolation', 'repeated'))
      .add(new Type('FieldViolation').add(new Field('field', 1, 'string')).add(new Field('description', 2, 'string'))),
  )
  .add(
    new Type('PreconditionFailure').add(new Field('violations', 1, 'Violation', 'repeated')).add(
      new Type('Violation')
        .add(new Field('type', 1, 'string'))
        .add(new Field('subject', 2, 'string'))
        .add(new Field('description', 3, 'string')),
    ),
  );

const wellKnown = new Namespace('protobuf')
  .add(new Type('Any').add(new Field('type_url', 1, 'string')).add(new Field('value', 2, 'bytes')))
  .add(new Type('Duration').add(new Field('seconds', 1, 'int64')).add(new Field('nanos', 2, 'int32')));

const root = new Root().add(new Namespace('google').add(rpc).add(wellKnown));
root.resolveAll();

/** google/rpc/status.proto, `Status`. */
export const Status = root.lookupType('google.rpc.Status');
/** google/rpc/error_details.proto, `ErrorInfo`. */
export const ErrorInfo = root.lookupType('google.rpc.ErrorInfo');
/** google/rpc/error_details.proto, `RetryInfo`. */
export const RetryInfo = root.lookupType('google.rpc.RetryInfo');
/** google/rpc/error_details.proto, `BadRequest`. */
export const BadRequest = root.lookupType('google.rpc.BadRequest');
/** google/rpc/error_details.proto, `PreconditionFailure`. */
export const PreconditionFailure = root.lookupType('google.rpc.PreconditionFailure');
