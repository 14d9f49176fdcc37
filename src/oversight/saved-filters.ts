/** A query under a name, as its officer gave it: JSON of the wire. */
export type SavedQuery = Readonly<{ name: string; query: Readonly<Record<string, unknown>> }>;

/** Whose it is: nobody else sees it. */
export type FilterOwner = Readonly<{ pages: string; actor: string }>;

/**
 * Filters that officers saved, each for themself.
 *
 * - `save` replaces the one of the same name, and says `false`, and saves nothing, where there are too many.
 * - `remove` says whether there was one.
 */
export abstract class SavedFilters {
  abstract list(owner: FilterOwner): Promise<readonly SavedQuery[]>;
  abstract save(owner: FilterOwner, saved: SavedQuery): Promise<boolean>;
  abstract remove(owner: FilterOwner, name: string): Promise<boolean>;
}
