import { AllergyRules } from '../allergies/allergy-rules.ts';
import type { Document } from '../document.ts';
import type { Allergy, Medication } from '../model.ts';
import type { KnownWords } from '../phi/known-words.ts';
import { usesDecimalComma } from '../quantity/numbers.ts';
import type { QuantityRules } from '../quantity/quantities.ts';
import { Openings } from '../text/openings.ts';
import { Vocabulary } from '../vocabulary/vocabulary.ts';
import { DrugRules } from './drug-rules.ts';
import { MedicationRules } from './medication-rules.ts';
import { OrderPartRules } from './order-parts.ts';
import { StatusRules } from './status-rules.ts';

/** Medications and allergies of a note. Allergies are read first: what is an allergy is no medication. */
export class MedicationExtractor {
  private readonly medications: MedicationRules;
  private readonly allergies: AllergyRules;

  constructor(
    quantities: QuantityRules,
    known: KnownWords,
    vocabulary: Vocabulary = new Vocabulary(),
    openings: Openings = new Openings(),
  ) {
    const parts = new OrderPartRules(quantities, openings);
    const drugs = new DrugRules(quantities, parts, known, vocabulary, openings);
    this.allergies = new AllergyRules(vocabulary, openings);
    this.medications = new MedicationRules(drugs, parts, new StatusRules(), vocabulary);
  }

  extract(document: Document): { readonly medications: Medication[]; readonly allergies: readonly Allergy[] } {
    const all = this.medications.orders(document, usesDecimalComma(document.tokens));
    const { allergies, orders } = this.allergies.find(document, all);
    return { medications: this.medications.toMedications(document, orders), allergies };
  }
}
