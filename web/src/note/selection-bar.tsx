import { Button } from '../ui/button.tsx';

export interface SelectionBarProps {
  readonly title: string;
  readonly facts: readonly string[];
  readonly onBack: () => void;
}

/** What is selected, next to its words, and the way back to where it was chosen. */
export function SelectionBar({ title, facts, onBack }: SelectionBarProps) {
  return (
    <div className="selection-bar">
      <p role="status">
        <strong>{title}</strong> {facts.join(', ')}
      </p>
      <Button onPress={onBack}>Back to the list</Button>
    </div>
  );
}
