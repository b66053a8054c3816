import type { ButtonHTMLAttributes, ReactNode } from 'react';

export interface ButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className' | 'onClick'> {
  /** @default 'plain' */
  readonly kind?: 'plain' | 'primary' | 'danger' | 'quiet';
  readonly onPress?: () => void;
  readonly children: ReactNode;
}

/** The browser's own button: it needs no help from a library. */
export function Button({ kind = 'plain', type = 'button', onPress, ...rest }: ButtonProps) {
  return <button {...rest} type={type} className={`button ${kind}`} onClick={onPress} />;
}
