/** What an instrument asks for. Declared once; the page, the refusals, the what-if sliders and the types read it. */
export type InputSpec = NumberSpec | ChoiceSpec | ChoicesSpec | YesNoSpec | ItemsSpec | RecordSpec

interface Asked {
  zh: string
  en: string
  /** Says what leaving it out means, as the source does: never an invented zero. Without it leaving out is refused. */
  optional?: true
}

export interface NumberSpec extends Asked {
  kind: 'number'
  /** UCUM; absent for counts and points. */
  unit?: string
  /** The valid range of the source, both ends included. Outside it the instrument refuses; nothing is clamped. */
  min?: number
  max?: number
  integer?: true
  /** Code of the indicator that answers this in the record. */
  indicator?: string
  /** A person may change it, and the model tells truly what that does: a what-if slider may move it. */
  movable?: true
}

export interface ChoiceSpec<V extends string = string> extends Asked {
  kind: 'choice'
  of: readonly V[]
  movable?: true
}

/** All that apply of what is offered, at least one: the echogenic foci of a thyroid nodule. */
export interface ChoicesSpec<V extends string = string> extends Asked {
  kind: 'choices'
  of: readonly V[]
}

export interface YesNoSpec extends Asked {
  kind: 'yes-no'
  movable?: true
}

/** The answers of a scale in their printed order, each an integer. */
export interface ItemsSpec extends Asked {
  kind: 'items'
  count: number
  min: number
  max: number
  /** Items whose points are not every integer between, by position from 0: Barthel's 0, 5, 10. */
  allowed?: readonly (readonly number[])[]
}

/** Named parts, each a spec of its own: IPAQ's `vigorous: { days, min }`. */
export interface RecordSpec extends Asked {
  kind: 'record'
  of: Record<string, InputSpec>
}

export type InputSpecs = Record<string, InputSpec>

type ValueOf<S> = S extends { kind: 'number' }
  ? number
  : S extends { kind: 'yes-no' }
    ? boolean
    : S extends { kind: 'choice'; of: readonly (infer V)[] }
      ? V
      : S extends { kind: 'choices'; of: readonly (infer V)[] }
        ? V[]
        : S extends { kind: 'items' }
          ? number[]
          : S extends { kind: 'record'; of: infer R extends InputSpecs }
            ? InputOf<R>
            : never

/** The checked input: what is not optional is there and lies in its range. */
export type InputOf<I extends InputSpecs> = {
  [K in keyof I as I[K] extends { optional: true } ? never : K]: ValueOf<I[K]>
} & { [K in keyof I as I[K] extends { optional: true } ? K : never]?: ValueOf<I[K]> }
