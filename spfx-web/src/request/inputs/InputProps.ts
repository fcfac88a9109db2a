import type { Choice, Field, Input, Masters, Value } from '../../forms/model';

/** What every kind of input gets. `id` is set on the element that takes the focus. */
export interface InputProps<T extends Input = Input> {
  id: string;
  field: Field;
  input: T;
  value: Value | undefined;
  masters: Masters;
  /** What a choice offers, where that depends on answers; else all that the form or the master lists. */
  offers?: Choice[];
  today: string;
  onChange(value: Value | undefined): void;
  onLeave(): void;
}

export type InputOf<K extends Input['type']> = Extract<Input, { type: K }>;
