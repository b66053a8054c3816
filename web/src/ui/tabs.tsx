import { type KeyboardEvent, type ReactNode, useId } from 'react';

export interface View {
  readonly id: string;
  readonly title: string;
  readonly show: () => ReactNode;
  /** Stays for the printer, which prints it whatever is shown. @default - made when it is shown */
  readonly keep?: true;
}

export interface TabsProps {
  readonly label: string;
  readonly views: readonly View[];
  readonly selected: string;
  readonly onSelect: (id: string) => void;
  /** Between the tabs and the view. */
  readonly children?: ReactNode;
}

/**
 * Views of which one is shown, by https://www.w3.org/WAI/ARIA/apg/patterns/tabs/. Not React Aria's: those need 35 kB of
 * JavaScript before the first note is painted.
 */
export function Tabs({ label, views, selected, onSelect, children }: TabsProps) {
  const prefix = useId();
  const at = views.findIndex(({ id }) => id === selected);
  const move = (event: KeyboardEvent<HTMLDivElement>) => {
    const targets: Readonly<Record<string, number>> = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 };
    const target = targets[event.key];
    if (target === undefined || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    event.preventDefault();
    const index = (target + views.length) % views.length;
    onSelect(views[index]!.id);
    (event.currentTarget.children[index] as HTMLElement).focus();
  };
  return (
    <>
      <div className="tabs" role="tablist" aria-label={label} onKeyDown={move}>
        {views.map(({ id, title }) => (
          <button
            key={id}
            type="button"
            role="tab"
            id={`${prefix}-${id}`}
            aria-selected={id === selected}
            aria-controls={id === selected ? `${prefix}-${id}-view` : undefined}
            tabIndex={id === selected ? undefined : -1}
            onClick={() => onSelect(id)}
          >
            {title}
          </button>
        ))}
      </div>
      {children}
      {views
        .filter(({ id, keep }) => keep || id === selected)
        .map(({ id, keep, show }) => (
          <div
            key={id}
            role="tabpanel"
            id={`${prefix}-${id}-view`}
            aria-labelledby={`${prefix}-${id}`}
            className={keep ? 'kept-view' : undefined}
            inert={id !== selected}
          >
            {show()}
          </div>
        ))}
    </>
  );
}
