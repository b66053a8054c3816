import { type Group, groupNames, groups, type Item } from './items.ts';

export interface LayersProps {
  readonly items: readonly Item[];
  readonly hidden: ReadonlySet<Group>;
  readonly onToggle: (group: Group) => void;
}

/** Switches the layers of text and list. The line shows the layer's colour and the tick its state: never colour alone. */
export function Layers({ items, hidden, onToggle }: LayersProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset has a border and a legend of its own.
    <div className="layers" role="group" aria-label="Layers">
      {groups.map((group) => (
        <button
          key={group}
          type="button"
          className="layer"
          data-layer={group}
          aria-pressed={!hidden.has(group)}
          onClick={() => onToggle(group)}
        >
          {groupNames[group]} <span className="count">{items.filter((item) => item.group === group).length}</span>
        </button>
      ))}
    </div>
  );
}
