import { AllergyRules } from '../allergies/allergy-rules.ts';
import type { Section } from '../engine.ts';
import type { Allergy, Medication } from '../model.ts';
import { KnownWords } from '../phi/known-words.ts';
import { usesDecimalComma } from '../quantity/numbers.ts';
import type { QuantityRules } from '../quantity/quantities.ts';
import type { Sentence } from '../text/sentences.ts';
import type { Tokens } from '../text/tokens.ts';
import { DrugRules } from './drug-rules.ts';
import { MedicationRules } from './medication-rules.ts';
import { OrderPartRules } from './order-parts.ts';
import { StatusRules } from './status-rules.ts';

/** Medications and allergies of a note. Allergies are read first: what is an allergy is no medication. */
export class MedicationExtractor {
  private readonly medications: MedicationRules;
  private readonly allergies = new AllergyRules();

  constructor(quantities: QuantityRules) {
    const parts = new OrderPartRules(quantities);
    const drugs = new DrugRules(quantities, parts, new KnownWords());
    this.medications = new MedicationRules(drugs, parts, new StatusRules());
  }

  extract(
    tokens: Tokens,
    sentences: readonly Sentence[],
    sections: readonly Section[],
  ): { readonly medications: Medication[]; readonly allergies: readonly Allergy[] } {
    const all = this.medications.orders(tokens, sentences, sections, usesDecimalComma(tokens));
    const { allergies, orders } = this.allergies.find(tokens, sentences, all, sections);
    return { medications: this.medications.toMedications(tokens, sentences, orders, sections), allergies };
  }
}
