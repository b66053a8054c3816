import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { signOut } from './session.tsx';

export interface IdleWarningProps {
  readonly secondsLeft: number;
  readonly onStay: () => void;
}

export function IdleWarning({ secondsLeft, onStay }: IdleWarningProps) {
  const time = `${Math.floor(secondsLeft / 60)}:${String(secondsLeft % 60).padStart(2, '0')}`;
  return (
    <Dialog title="Are you still there?" onClose={onStay}>
      <p>
        Nobody used this page for a while. You will be signed out in <span role="timer">{time}</span>.
      </p>
      <div className="dialog-actions">
        <Button kind="primary" autoFocus onPress={onStay}>
          Stay signed in
        </Button>
        <Button onPress={() => void signOut()}>Sign out now</Button>
      </div>
    </Dialog>
  );
}
