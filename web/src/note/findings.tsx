import { Fragment, type KeyboardEvent, memo, useEffect, useId, useRef } from 'react';
import { factsOf, type Group, groups, groupTitles, type Item, spoken } from './items.ts';

export interface FindingsProps {
  readonly items: readonly Item[];
  readonly hidden: ReadonlySet<Group>;
  readonly selected: string | undefined;
  /** Shows the words of an item; the focus stays here. */
  readonly onSelect: (item: Item) => void;
  /** Moves the focus to the words. */
  readonly onOpen: (item: Item) => void;
}

/**
 * Everything that was found, by layer: the keyboard's and the screen reader's way through the note. One tab stop; arrow
 * keys or j and k move, Enter goes to the words.
 */
export function Findings({ items, hidden, selected, onSelect, onOpen }: FindingsProps) {
  const prefix = useId();
  const list = useRef<HTMLDivElement>(null);
  const inOrder = groups
    .filter((group) => !hidden.has(group))
    .flatMap((group) => items.filter((item) => item.group === group));
  const at = inOrder.findIndex(({ id }) => id === selected);
  useEffect(() => {
    if (at < 0) return;
    document.getElementById(`${prefix}-${selected}`)?.scrollIntoView({ block: 'nearest' });
  }, [prefix, selected, at]);

  const move = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const next = targetOf(event.key, at, inOrder);
    if (event.key === 'Enter' && at >= 0) onOpen(inOrder[at]!);
    else if (next !== undefined) onSelect(next);
    else return;
    event.preventDefault();
  };
  if (inOrder.length === 0) {
    return (
      <p className="look-none">
        {items.length > 0 ? 'Switch a layer on to see its findings.' : 'No rule found anything in this text.'}
      </p>
    );
  }
  return (
    <div
      className="findings"
      role="listbox"
      aria-label="Findings"
      tabIndex={0}
      ref={list}
      aria-activedescendant={at < 0 ? undefined : `${prefix}-${selected}`}
      onKeyDown={move}
    >
      {groups.map((group) => {
        const ofGroup = items.filter((item) => item.group === group);
        if (ofGroup.length === 0 || hidden.has(group)) return null;
        return (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be a part of a list box.
          <div key={group} role="group" aria-labelledby={`${prefix}-${group}`} data-layer={group}>
            <div className="findings-head" id={`${prefix}-${group}`} role="presentation">
              {groupTitles[group]} <span className="count">{ofGroup.length}</span>
            </div>
            {ofGroup.map((item, index) => (
              <Row
                key={item.id}
                id={`${prefix}-${item.id}`}
                item={item}
                section={item.section === ofGroup[index - 1]?.section ? undefined : item.section}
                selected={item.id === selected}
                onSelect={onSelect}
                onOpen={onOpen}
              />
            ))}
          </div>
        );
      })}
    </div>
  );
}

/** Where a key leads. Before anything is selected, every key leads to the first item. */
function targetOf(key: string, at: number, items: readonly Item[]): Item | undefined {
  const headOf = (from: number, step: 1 | -1): number => {
    let index = from;
    while (items[index + step] !== undefined && items[index + step]!.group === items[from]?.group) index += step;
    return step === 1 ? Math.min(index + 1, items.length - 1) : index;
  };
  switch (key) {
    case 'ArrowDown':
    case 'j':
      return items[Math.min(at + 1, items.length - 1)];
    case 'ArrowUp':
    case 'k':
      return items[Math.max(at - 1, 0)];
    case 'Home':
      return items[0];
    case 'End':
      return items.at(-1);
    case 'PageDown':
      return items[headOf(Math.max(at, 0), 1)];
    case 'PageUp':
      return items[headOf(Math.max(headOf(Math.max(at, 0), -1) - 1, 0), -1)];
    default:
      return undefined;
  }
}

interface RowProps {
  readonly id: string;
  readonly item: Item;
  /** Shown where it is another than that of the row before. */
  readonly section: string | undefined;
  readonly selected: boolean;
  readonly onSelect: (item: Item) => void;
  readonly onOpen: (item: Item) => void;
}

const Row = memo(function Row({ id, item, section, selected, onSelect, onOpen }: RowProps) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list box takes the keys.
    // biome-ignore lint/a11y/useFocusableInteractive: the list box has the focus, and names this as its active descendant.
    <div
      id={id}
      className="finding"
      role="option"
      aria-selected={selected}
      aria-label={spoken(item)}
      onClick={() => onSelect(item)}
      onDoubleClick={() => onOpen(item)}
    >
      <span className={item.framed ? 'finding-words framed' : 'finding-words'}>{item.words}</span>
      {/* The blanks part the words for what compares the name with what is shown. */}
      {item.says.map((word) => (
        <Fragment key={word}>
          {' '}
          <span className={item.abnormal === word ? `tag alert ${word}` : 'tag'}>{word}</span>
        </Fragment>
      ))}{' '}
      <span className="finding-detail">{factsOf(item)}</span>{' '}
      {section ? <span className="finding-section">{section}</span> : null}
    </div>
  );
});
