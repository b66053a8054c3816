import { type FormEvent, useState } from 'react';
import type { AuditSearchRequest } from '../api/types.ts';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';
import { actionChoices } from './words.ts';

export interface SearchFormProps {
  readonly request: AuditSearchRequest | undefined;
  readonly loading: boolean;
  readonly onSearch: (request: AuditSearchRequest) => void;
}

/** Patient, person and time, and what was done. All of it goes in the body of the request and nowhere else. */
export function SearchForm({ request, loading, onSearch }: SearchFormProps) {
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const data = new FormData(form);
    const wrong: Record<string, string> = {};
    const entered = (name: string) => String(data.get(name) ?? '').trim() || undefined;
    const moment = (name: string) => {
      // Half a date would search as if none was entered.
      if ((form.elements.namedItem(name) as HTMLInputElement).validity.badInput) {
        wrong[name] = 'Enter the date and the time.';
      }
      const value = entered(name);
      return value === undefined ? undefined : new Date(value).toISOString();
    };
    const [from, to] = [moment('from'), moment('to')];
    const note = entered('audit_id')?.toLowerCase();
    if (from !== undefined && to !== undefined && from >= to) wrong.to = 'Enter a time after the beginning.';
    if (note !== undefined && !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(note)) {
      wrong.audit_id = 'Enter the whole id of a note, as events show it.';
    }
    setErrors(wrong);
    if (Object.keys(wrong).length > 0) return;
    onSearch({
      patient_id: entered('patient_id'),
      principal: entered('principal'),
      from,
      to,
      action: entered('action') as AuditSearchRequest['action'],
      outcome: entered('outcome') as AuditSearchRequest['outcome'],
      audit_id: note,
    });
  };
  return (
    <form className="filters audit-filters" onSubmit={submit} autoComplete="off" noValidate>
      <Field
        label="Patient ID"
        name="patient_id"
        defaultValue={request?.patient_id}
        maxLength={100}
        spellCheck={false}
      />
      <Field
        label="Person or system"
        name="principal"
        defaultValue={request?.principal}
        maxLength={255}
        spellCheck={false}
      />
      {(['from', 'to'] as const).map((name) => (
        <Field
          key={name}
          label={name === 'from' ? 'From' : 'To'}
          name={name}
          type="datetime-local"
          max="9999-12-31T23:59"
          defaultValue={localTime(request?.[name])}
          error={errors[name]}
        />
      ))}
      <label className="field">
        <span className="label">What</span>
        <select name="action" defaultValue={request?.action ?? ''}>
          <option value="">Everything</option>
          {actionChoices.map(([action, name]) => (
            <option key={action} value={action}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        <span className="label">Outcome</span>
        <select name="outcome" defaultValue={request?.outcome ?? ''}>
          <option value="">Every outcome</option>
          <option value="denied">Denied</option>
          <option value="failure">Failure</option>
          <option value="success">Success</option>
        </select>
      </label>
      <Field
        label="Note (id)"
        name="audit_id"
        defaultValue={request?.audit_id}
        maxLength={36}
        spellCheck={false}
        error={errors.audit_id}
      />
      <Button kind="primary" type="submit" disabled={loading}>
        Search
      </Button>
    </form>
  );
}

/** A moment as a field of local time shows it. */
function localTime(iso: string | undefined): string | undefined {
  if (iso === undefined) return undefined;
  const at = new Date(iso);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
