import {
  credentials,
  greetings,
  humanVerbs,
  nameContacts,
  nameDeclarations,
  nameFields,
  nameIntroductions,
  nameLabels,
  nameTitles,
  personVerbs,
  relations,
  roleLabels,
  roleNouns,
} from '../lexicon/name-context.ts';
import { FirstWords, PhraseTrie } from '../text/phrase-trie.ts';
import { type Tokens, touches } from '../text/tokens.ts';

/** Bits of `NameCues.firstAt`. */
export const [TITLE, LABEL, RELATION, INTRODUCTION, CREDENTIAL] = [1, 2, 4, 8, 16];

/** The words around a person's name: titles, labels, credentials, relations, and what people do. */
export class NameCues {
  readonly titles = new PhraseTrie<true>().addAll(nameTitles, true);
  readonly labels = new PhraseTrie<true>().addAll(nameLabels, true);
  readonly roleLabels = new PhraseTrie<true>().addAll(roleLabels, true);
  readonly credentials = new PhraseTrie<true>().addAll(credentials, true);
  readonly relations = new PhraseTrie<true>().addAll(relations, true);
  readonly verbs = new PhraseTrie<true>().addAll(personVerbs, true);
  readonly declarations = new PhraseTrie<true>().addAll(nameDeclarations, true);
  readonly greetings = new PhraseTrie<true>().addAll(greetings, true);
  readonly fields = new PhraseTrie<true>().addAll(nameFields, true);
  readonly human = new PhraseTrie<true>().addAll(humanVerbs, true);
  readonly introductions = new PhraseTrie<true>().addAll(nameIntroductions, true);
  readonly contacts = new PhraseTrie<true>().addAll(nameContacts, true);
  readonly roles = new PhraseTrie<true>().addAll(roleNouns, true);
  private readonly first = new FirstWords([
    [this.titles],
    [this.labels],
    [this.relations],
    [this.greetings, this.declarations, this.fields, this.introductions, this.contacts, this.roles],
    [this.credentials],
  ]);

  /** What of a name may begin at a token. */
  firstAt(tokens: Tokens, at: number): number {
    return this.first.at(tokens, at);
  }

  /** All that introduces a name, and the credentials after one. */
  all(): readonly PhraseTrie<true>[] {
    return [
      this.titles,
      this.labels,
      this.relations,
      this.greetings,
      this.declarations,
      this.fields,
      this.introductions,
      this.contacts,
      this.roles,
      this.credentials,
    ];
  }
}

export const isPossessive = (tokens: Tokens, at: number): boolean =>
  (tokens.lower[at] === "'" || tokens.lower[at] === '’') && tokens.lower[at + 1] === 's' && touches(tokens, at + 1);
