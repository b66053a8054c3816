/** Items of one answer, and the token of the next. */
type Page<Item> = readonly [items: readonly Item[] | undefined, next: string | undefined];

/** The items of every page of a list. @param ask asks for the page of a token; undefined is the first */
export async function allPages<Item>(ask: (token: string | undefined) => Promise<Page<Item>>): Promise<Item[]> {
  const items: Item[] = [];
  let token: string | undefined;
  do {
    const [found = [], next] = await ask(token);
    items.push(...found);
    token = next;
  } while (token !== undefined);
  return items;
}
