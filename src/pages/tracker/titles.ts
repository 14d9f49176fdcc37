import type { Language, Participant, Text } from '../../catalogue/catalogue.js';
import type { CatalogueLookup } from '../../catalogue/lookup.js';
import { inLanguage, readableTime } from '../language.js';

/** What the catalogue calls things, in the language of the visit. What it does not know keeps its identifier. */
export class Titles {
  constructor(
    private readonly lookup: CatalogueLookup,
    readonly language: Language,
  ) {}

  participant(id: string): string {
    return this.text(this.lookup.participant(id)?.title, id);
  }

  /** Who answers for what a participant does, as far as the catalogue says it. */
  contact(id: string): Participant['contact'] {
    return this.lookup.participant(this.lookup.register(id)?.participant ?? id)?.contact;
  }

  register(id: string): string {
    return this.participant(this.lookup.register(id)?.participant ?? id);
  }

  evidence(id: string): string {
    return this.text(this.lookup.evidenceType(id)?.title, id);
  }

  attribute(evidenceType: string, id: string): string {
    const attribute = this.lookup.evidenceType(evidenceType)?.attributes.find((it) => it.id === id);
    return this.text(attribute?.title, id);
  }

  purpose(id: string): string {
    return this.text(this.lookup.purpose(id)?.title, id);
  }

  /** Norm of the purpose, and paragraph of the legal basis; as far as they are known, each once. */
  law(purpose: string, legalBasis: string): string {
    const basis = this.lookup.legalBasis(legalBasis);
    const named = [this.lookup.purpose(purpose)?.norm, basis && `${basis.norm} ${basis.paragraph}`];
    return [...new Set(named.filter((it) => it !== undefined))].join(', ');
  }

  /** ISO 8601 to a moment in Germany; empty where there is none. */
  time(iso: string): string {
    const at = Date.parse(iso);
    return Number.isNaN(at) ? '' : readableTime(at, this.language);
  }

  private text(text: Text | undefined, id: string): string {
    return text === undefined ? id : inLanguage(text, this.language);
  }
}
