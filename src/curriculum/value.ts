/** A value of front matter or YAML; `line` is that of its first sign, counted from 1. */
export type Value = TextValue | ListValue | FieldsValue;

/** A scalar. Text of several lines keeps them, without their indent, so that a word's line can be told. */
export interface TextValue {
  readonly kind: "text";
  readonly line: number;
  /** Empty where the value is null. */
  readonly text: string;
  /** How it is written, where that is not plain: in quotation marks, or as lines below a sign. */
  readonly style?: "quoted" | "block";
}

export interface ListValue {
  readonly kind: "list";
  readonly line: number;
  readonly items: readonly Value[];
}

export interface FieldsValue {
  readonly kind: "fields";
  readonly line: number;
  readonly fields: Fields;
}

/** Values by the names of their fields, with the line of each name, in the order of the file. */
export type Fields = ReadonlyMap<string, { readonly line: number; readonly value: Value }>;
