import type { InputSpecs, ItemsSpec } from '../core/input.ts'
import type { Computed, Form, Instrument, InstrumentCard } from '../core/instrument.ts'
import { score, type Answers, type Scored, type Scoring } from './scoring.ts'

/** `model.json` of a scale whose points are data. */
export interface ScaleCard extends InstrumentCard {
  scoring: Scoring
}

/**
 * A scale as an instrument: `{ items: [points, …] }` in printed order gives each score and flag by its code, and as
 * `band` that of the last score with bands. An item without an answer refuses by its place.
 * @param model the JSON of the card, with its `scoring`
 * @param asked what cuts by group need beside the items: `sex`
 */
export function sumScale(model: object, asked: InputSpecs = {}): Instrument {
  const card = model as ScaleCard
  return { card, forms: [sumForm('items', card.scoring, asked)] }
}

export function sumForm(code: string, scoring: Scoring, asked: InputSpecs = {}): Form {
  return {
    code,
    inputs: { items: itemsSpec(scoring), ...asked },
    compute(input) {
      const { items, ...groups } = input as { items: number[] } & Record<string, string>
      return computed(scoring, score(scoring, answersOf(items), groups))
    },
  }
}

/** Points in printed order, by the numbers that stand before the questions. */
export function answersOf(items: readonly number[]): Answers {
  return Object.fromEntries(items.map((points, index) => [index + 1, points]))
}

/** What a scale asks for: its items from 1 up, each with the points that it may bring. */
export function itemsSpec({ items }: Scoring): ItemsSpec {
  const places = items.flatMap((group) => group.codes.map((code) => ({ place: Number(code), group })))
  const integers = (min: number, max: number) => Array.from({ length: max - min + 1 }, (_, index) => min + index)
  const alike = items.length === 1 && !items[0]!.allowed
  return {
    kind: 'items',
    count: places.length,
    min: Math.min(...items.map(({ min }) => min)),
    max: Math.max(...items.map(({ max }) => max)),
    ...(alike
      ? {}
      : {
          allowed: places
            .toSorted((a, b) => a.place - b.place)
            .map(({ group }) => group.allowed ?? integers(group.min, group.max)),
        }),
    zh: '各题得分',
    en: 'points of the items',
  }
}

function computed(scoring: Scoring, { scores, flags }: Scored): Computed {
  const values = Object.fromEntries(Object.entries(scores).map(([code, { value }]) => [code, value]))
  const banded = scoring.scores.findLast(({ bands }) => bands)?.code
  const band = banded === undefined ? undefined : scores[banded]?.band
  const raised = (scoring.flags ?? []).filter(({ code, says }) => says !== undefined && flags[code])
  return {
    output: { ...values, ...(band === undefined ? {} : { band }), ...flags },
    band,
    value: banded === undefined ? undefined : scores[banded]?.value,
    caveats: raised.map(({ says }) => says!),
  }
}
