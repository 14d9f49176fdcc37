import type { Catalogue } from './catalogue.js';
import type { Path } from './yaml-file.js';

/** The parts of a catalogue as they stand in its files, one file each. */
export type Sections = Omit<Catalogue, 'version'>;

export type SectionName = keyof Sections;

/** Records that something at this place of this section is wrong. */
export type Report = (section: SectionName, path: Path, message: string) => void;

/** What could be read: a section whose file is broken is absent, and what refers to it is not checked. */
export type ReadSections = Partial<Sections>;
