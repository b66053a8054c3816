import '../shared.ts';
import { Modal as AriaModal, Dialog, Heading, ModalOverlay } from 'react-aria-components';
import type { DialogProps } from './dialog.tsx';

export default function Modal({ title, onClose, children }: DialogProps) {
  return (
    <ModalOverlay
      isOpen
      className="dialog-veil"
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <AriaModal className="dialog">
        <Dialog>
          <Heading slot="title" level={2}>
            {title}
          </Heading>
          {children}
        </Dialog>
      </AriaModal>
    </ModalOverlay>
  );
}
