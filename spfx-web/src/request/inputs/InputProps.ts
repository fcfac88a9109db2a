import type { Field, Input, Masters, Value } from '../../forms/model';

/** What every kind of input gets. `id` is set on the element that takes the focus. */
export interface InputProps<T extends Input = Input> {
  id: string;
  field: Field;
  input: T;
  value: Value | undefined;
  masters: Masters;
  today: string;
  onChange(value: Value | undefined): void;
  onLeave(): void;
}

export type InputOf<K extends Input['type']> = Extract<Input, { type: K }>;
