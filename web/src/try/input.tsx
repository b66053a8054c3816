import { type ClipboardEvent, type DragEvent, type FormEvent, useId, useRef, useState } from 'react';
import { Button } from '../ui/button.tsx';

export interface NoteInputProps {
  readonly onText: (text: string) => void;
  readonly onFiles: (files: readonly File[]) => void;
  readonly onSample: () => void;
}

/**
 * Takes a note by pasting, typing, dropping or choosing files. A pasted text comes from the event: the value of a text
 * area has other line ends than what was pasted.
 */
export function NoteInput({ onText, onFiles, onSample }: NoteInputProps) {
  const id = useId();
  const files = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const [typed, setTyped] = useState('');
  const [missing, setMissing] = useState(false);
  const paste = (event: ClipboardEvent<HTMLTextAreaElement>) => {
    const text = event.clipboardData.getData('text/plain');
    // Into words that were typed, a paste is an edit like any other.
    if (text === '' || typed !== '') return;
    event.preventDefault();
    onText(text);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    // The page takes files, wherever they are dropped.
    const text = event.dataTransfer.getData('text/plain');
    if (event.dataTransfer.files.length === 0 && text !== '') onText(text);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setMissing(typed.trim() === '');
    if (typed.trim() !== '') onText(typed);
  };
  return (
    <form
      className="try-input"
      data-over={over || undefined}
      onSubmit={submit}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      autoComplete="off"
    >
      <div className="field">
        <label htmlFor={id}>Note</label>
        <textarea
          id={id}
          value={typed}
          placeholder="Paste a note here, or drop text files"
          spellCheck={false}
          onPaste={paste}
          aria-invalid={missing || undefined}
          aria-describedby={missing ? `${id}-error` : undefined}
          onChange={(event) => setTyped(event.target.value)}
        />
        {missing ? (
          <p className="field-error" id={`${id}-error`} role="alert">
            Paste or type a note, or show the sample note.
          </p>
        ) : null}
      </div>
      <div className="try-actions">
        <Button kind="primary" type="submit">
          Analyse
        </Button>
        <Button onPress={() => files.current?.click()}>Choose files…</Button>
        <Button onPress={onSample}>Show a sample note</Button>
        <input
          ref={files}
          className="visually-hidden"
          type="file"
          accept=".txt,.text,.md,text/plain"
          multiple
          tabIndex={-1}
          aria-hidden="true"
          onChange={(event) => {
            const chosen = [...(event.target.files ?? [])];
            event.target.value = '';
            if (chosen.length > 0) onFiles(chosen);
          }}
        />
      </div>
    </form>
  );
}
