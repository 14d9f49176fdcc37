/**
 * Why a tile, an entry bundle or their path was not accepted (C2SP tlog-tiles).
 *
 * - `MALFORMED_PATH`: not the path of a tile or of an entry bundle (Merkle Tree; Log entries).
 * - `NOT_IN_TREE`: a tree of that size has no such tile, or has it in another width (Partial Tiles).
 * - `MALFORMED_TILE`: not as many bytes as hashes of that width make (Merkle Tree).
 * - `MALFORMED_BUNDLE`: not as many length-prefixed entries as the width says; `byte` is where it breaks off (Log entries).
 * - `ENTRY_TOO_LARGE`: no uint16 can say how long the entry is (Log entries).
 * - `TILE_MISSING`: the log does not serve it.
 */
export type TileFaultCode =
  | 'MALFORMED_PATH'
  | 'NOT_IN_TREE'
  | 'MALFORMED_TILE'
  | 'MALFORMED_BUNDLE'
  | 'ENTRY_TOO_LARGE'
  | 'TILE_MISSING';

/** A failure under the C2SP tlog-tiles specification; tell the cases apart by `code`. */
export class TileFault extends Error {
  override readonly name = 'TileFault';

  constructor(
    readonly code: TileFaultCode,
    message: string,
    /** Offset of the first byte that is not as it must be, where there is one. */
    readonly byte?: number,
  ) {
    super(message);
  }
}
