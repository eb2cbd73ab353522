import { checkInput, isRefused, type Refusal } from './check.ts'
import type { InputOf, InputSpecs } from './input.ts'

export interface Words {
  zh: string
  en: string
}

/** `model.json` of an instrument: what the registry page shows and what its numbers rest on. */
export interface InstrumentCard {
  code: string
  /** A change of any number or rule is a new version; results keep theirs for ever. */
  version: string
  title: Words
  /** What it says, in words for the person whom it is about. */
  about: Words
  kind: 'risk' | 'stage' | 'index' | 'scale' | 'nodule' | 'growth'
  sources: string[]
  licence: {
    /** `template`: the scoring is here, the text of the items the operator brings with the right to it. */
    stance: 'built-in' | 'template'
    text: string
  }
  /** Read in print or equal to an official output; told by others; rebuilt from outputs, not published by its authors. */
  badge: 'verified' | 'secondary' | 'reconstructed'
  /** What must still be compared with print. */
  unconfirmed?: Words
  checkedOn: string
  /** For whom it was made, and for whom not. */
  population: Words
  /** A clinician reads it before the person does. */
  release: 'clinician' | 'automatic'
  /** Months after which it is due again, by its guideline; tags from its bands end then. */
  repeatMonths?: number
  /** Largest difference from the vectors that is still agreement, by output; 0 where not named. */
  tolerance?: Record<string, number>
  /** Bands in the order of their gravity, with the words that stand before any number. */
  bands: Band[]
  /** Caveats and reasons of not applying, by code. */
  sentences?: Record<string, Words>
}

export interface Band {
  code: string
  title: Words
  /** One or two plain sentences: what it means and what to do, never "you have". */
  meaning: Words
  tone: 'good' | 'watch' | 'act' | 'urgent'
  /** Where the guideline asks for this band at another interval than the card's. */
  repeatMonths?: number
}

/** One way of asking: KDIGO's grid beside the eGFR that it needs. The first whose inputs are all known is taken. */
export interface Form<I extends InputSpecs = InputSpecs> {
  code: string
  inputs: I
  /** Refuses what each range alone cannot: code of a sentence. */
  appliesTo?(input: InputOf<I>): string | undefined
  /** Pure, unrounded. Names and shapes of the output are the instrument's own. */
  compute(input: InputOf<I>): Computed
}

export interface Computed {
  output: Record<string, unknown>
  band?: string
  /** The number that goes with the band, for a curve over the years. */
  value?: number
  /** Codes of the card's sentences that must be read with the result. */
  caveats?: string[]
}

export interface Instrument {
  card: InstrumentCard
  forms: Form[]
}

export type Evaluated = { form: string; refused?: undefined } & Computed

/** Keeps the types of each form's own inputs while it is written, and forgets them in the list. */
export function form<const I extends InputSpecs>(one: Form<I>): Form {
  return one as unknown as Form
}

/**
 * Computes an instrument, or says all that stands in the way. Nothing is clamped, filled in or guessed.
 * @param given by the names of the form's inputs, in their units; where several forms exist, the first that knows every
 *   name given is meant
 */
export function evaluate(
  instrument: Instrument,
  given: Readonly<Record<string, unknown>>,
): Evaluated | { refused: Refusal } {
  const refusals: Refusal[] = []
  const known = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null && value !== undefined))
  for (const one of instrument.forms) {
    const refusal = checkInput(one.inputs, known)
    if (!isRefused(refusal)) {
      const code = one.appliesTo?.(known as never)
      if (code === undefined) return { form: one.code, ...one.compute(known as never) }
      refusal.notApplicable = code
    }
    refusals.push(refusal)
  }
  return { refused: refusals.toSorted((a, b) => distance(a) - distance(b))[0]! }
}

/** The form that was most likely meant: it knows the most names, is not for others, then it misses the least. */
function distance({ unknown, missing, invalid, notApplicable }: Refusal): number {
  return unknown.length * 10_000 + (notApplicable ? 500 : 0) + missing.length * 100 + invalid.length
}
