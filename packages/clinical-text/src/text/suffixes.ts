/** Whether words end in one of a list's endings, sorted by their last two letters so that most words cost one look-up. */
export class Suffixes {
  private readonly byEnd = new Map<number, string[]>();

  constructor(suffixes: readonly string[]) {
    for (const suffix of suffixes) {
      const end = endOf(suffix);
      const others = this.byEnd.get(end);
      if (others === undefined) this.byEnd.set(end, [suffix]);
      else others.push(suffix);
    }
  }

  /** @param shortest letters before the ending */
  match(word: string, shortest: number): boolean {
    const candidates = this.byEnd.get(endOf(word));
    if (candidates === undefined) return false;
    for (const suffix of candidates) if (word.length - suffix.length >= shortest && word.endsWith(suffix)) return true;
    return false;
  }
}

const endOf = (word: string): number => (word.charCodeAt(word.length - 1) << 16) | word.charCodeAt(word.length - 2);
