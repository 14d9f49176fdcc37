import type { ComponentChildren } from 'preact';

/** A page without its shell. */
export type View = Readonly<{ title: string; body: ComponentChildren; status?: number }>;

/** To a path of these pages, or to a URL that the catalogue or the configuration names: never to what a request says. */
export type Redirect = Readonly<{ redirectTo: string }>;

/** A file to keep; one that is large comes piece by piece, and one that breaks off never looks whole. */
export type Download = Readonly<{
  download: Uint8Array | string | AsyncIterable<Uint8Array | string>;
  fileName: string;
  mediaType: string;
}>;

export type Answer = View | Redirect | Download;
