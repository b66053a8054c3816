import type { PhiCategory } from '../src/engine.ts';
import {
  surrogateDomains,
  surrogateFamily,
  surrogateGiven,
  surrogateInstitutions,
  surrogateStreets,
  surrogateTowns,
} from './surrogates.ts';

export interface Planted {
  readonly category: PhiCategory;
  readonly start: number;
  readonly end: number;
}
export interface PlantedText {
  readonly text: string;
  readonly planted: readonly Planted[];
}

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const states = ['PA', 'OH', 'NY', 'WV', 'MD', 'IA', 'TX', 'OR', 'GA', 'MT'];

/** Makes identifiers of every kind, differently each time, from a generator of fixed seed. */
export class IdentityMaker {
  private readonly random: () => number;

  constructor(random: () => number) {
    this.random = random;
  }

  pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.random() * list.length)]!;
  }

  chance(probability: number): boolean {
    return this.random() < probability;
  }

  private digits(count: number): string {
    return Array.from(
      { length: count },
      (_, at) => (at === 0 ? 1 : 0) + Math.floor(this.random() * (at === 0 ? 9 : 10)),
    ).join('');
  }

  private letters(count: number): string {
    return Array.from({ length: count }, () => String.fromCharCode(65 + Math.floor(this.random() * 26))).join('');
  }

  readonly given = (): string => this.pick(surrogateGiven);
  readonly family = (): string => this.pick(surrogateFamily);
  readonly town = (): string => this.pick(surrogateTowns);

  date(): string {
    const month = 1 + Math.floor(this.random() * 12);
    const day = 1 + Math.floor(this.random() * 28);
    const year = 1990 + Math.floor(this.random() * 35);
    const two = (value: number): string => String(value).padStart(2, '0');
    return this.pick([
      () => `${two(month)}/${two(day)}/${year}`,
      () => `${month}/${day}/${year}`,
      () => `${month}/${day}/${two(year % 100)}`,
      () => `${months[month - 1]} ${day}, ${year}`,
      () => `${months[month - 1]!.slice(0, 3)} ${day}, ${year}`,
      () => `${day} ${months[month - 1]} ${year}`,
      () => `${year}-${two(month)}-${two(day)}`,
      () => `${two(month)}-${two(day)}-${year}`,
      () => `${months[month - 1]} ${day}`,
      () => `${months[month - 1]} ${year}`,
    ])();
  }

  institution(): string {
    return this.pick(surrogateInstitutions).replace(
      /\{(town|family|given)\}/g,
      (_, kind: 'town' | 'family' | 'given') => this[kind](),
    );
  }

  of(category: PhiCategory): string {
    const phone = (): string =>
      this.pick([
        `(${this.digits(3)}) ${this.digits(3)}-${this.digits(4)}`,
        `${this.digits(3)}-${this.digits(3)}-${this.digits(4)}`,
        `${this.digits(3)}.${this.digits(3)}.${this.digits(4)}`,
        `+1 ${this.digits(3)} ${this.digits(3)} ${this.digits(4)}`,
      ]);
    switch (category) {
      case 'NAME':
        return this.pick([
          `${this.given()} ${this.family()}`,
          this.family(),
          `${this.given()} ${this.letters(1)}. ${this.family()}`,
          `${this.family()}, ${this.given()}`,
        ]);
      case 'LOCATION':
        return this.pick([
          `${this.digits(3)} ${this.pick(surrogateStreets)} ${this.pick(['Street', 'Avenue', 'Rd', 'Lane', 'Blvd'])}, ${this.town()}, ${this.pick(states)} ${this.digits(5)}`,
          `${this.town()}, ${this.pick(states)}`,
        ]);
      case 'DATE':
        return this.date();
      case 'AGE_OVER_89':
        return String(90 + Math.floor(this.random() * 15));
      case 'PHONE':
      case 'FAX':
        return phone();
      case 'EMAIL':
        return `${this.given().toLowerCase()}.${this.family().toLowerCase()}@${this.pick(surrogateDomains)}`;
      case 'SSN':
        return `${this.digits(3)}-${this.digits(2)}-${this.digits(4)}`;
      case 'MRN':
        return this.pick([
          this.digits(7),
          `${this.letters(2)}${this.digits(6)}`,
          `${this.digits(3)}-${this.digits(2)}-${this.digits(3)}`,
        ]);
      case 'HEALTH_PLAN':
        return `${this.letters(3)}${this.digits(9)}`;
      case 'ACCOUNT':
        return this.pick([this.digits(9), `${this.digits(4)}-${this.digits(6)}`]);
      case 'LICENSE':
        return `${this.letters(1)}${this.digits(7)}`;
      case 'VEHICLE':
        return this.pick([`1HG${this.letters(2)}${this.digits(12)}`, `${this.letters(3)}-${this.digits(4)}`]);
      case 'DEVICE':
        return `${this.letters(2)}-${this.digits(6)}${this.letters(1)}`;
      case 'URL':
        return `https://${this.pick(surrogateDomains)}/records/${this.digits(5)}`;
      case 'IP':
        return Array.from({ length: 4 }, () => 1 + Math.floor(this.random() * 250)).join('.');
      case 'BIOMETRIC':
        return `FP-${this.digits(6)}`;
      case 'INSTITUTION':
        return this.institution();
      case 'OTHER_ID':
        return `S${this.digits(2)}-${this.digits(5)}`;
    }
  }
}

/** Puts identifiers for the marks `{CATEGORY}` of a template. */
export const plant = (
  template: string,
  make: (category: string, before: string) => string,
  category: (mark: string) => PhiCategory | undefined,
  marks: RegExp,
): PlantedText => {
  const planted: Planted[] = [];
  let text = '';
  let at = 0;
  for (const match of template.matchAll(marks)) {
    text += template.slice(at, match.index);
    const value = make(match[0], text);
    const kind = category(match[0]);
    if (kind !== undefined) planted.push({ category: kind, start: text.length, end: text.length + value.length });
    text += value;
    at = match.index + match[0].length;
  }
  return { text: text + template.slice(at), planted };
};
