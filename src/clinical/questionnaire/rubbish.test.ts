import { expect, test } from 'vitest'
import { shippedQuestionnaires } from './content/index.ts'
import { read } from './read.ts'
import { score } from './score.ts'
import {
  answer,
  askedPlaces,
  fromResponse,
  open,
  optionsAt,
  progress,
  textAt,
  toResponse,
  validate,
} from './state/index.ts'
import { write } from './write.ts'

/** Files of others are seldom sound. Whatever part of one is broken, the form opens, and what is broken is not asked. */
const RUBBISH: readonly unknown[] = [
  null,
  undefined,
  0,
  -1,
  1e99,
  '',
  '%',
  "'",
  true,
  [],
  {},
  [null],
  [[]],
  { a: null },
  '#',
  'http://x',
]

/** Numbers from 0 below `below`, the same in every run. */
function sequence(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((state / 2_147_483_648) * below)
  }
}

/** Breaks one place of the tree, chosen by walking down at random. */
function breakOne(root: unknown, draw: (below: number) => number): void {
  let parent = root as Record<string, unknown>
  for (let depth = 0; depth < 12; depth++) {
    const keys = Object.keys(parent)
    const key = keys[draw(keys.length)]
    if (key === undefined) return
    const child = parent[key]
    if (typeof child !== 'object' || child === null || draw(4) === 0) {
      parent[key] = RUBBISH[draw(RUBBISH.length)]
      return
    }
    parent = child as Record<string, unknown>
  }
}

const known = { today: '2026-11-22' }

test.each(shippedQuestionnaires.map((one) => [one.name!, one] as const))('%s, broken in many ways', (name, source) => {
  const draw = sequence(name.length)
  for (let round = 0; round < 80; round++) {
    const broken = JSON.parse(JSON.stringify(source)) as typeof source
    for (let n = 0; n <= round % 4; n++) breakOne(broken, draw)
    const { form } = read(broken)
    let state = open(form, { known })
    for (const place of askedPlaces(state).slice(0, 12)) {
      textAt(state, place)
      state = answer(state, place.key, optionsAt(state, place)[0]?.value ?? 3)
    }
    expect(progress(state).asked).toBeGreaterThanOrEqual(0)
    validate(state)
    const response = JSON.parse(JSON.stringify(toResponse(state))) as ReturnType<typeof toResponse>
    breakOne(response, draw)
    score(form, toResponse(fromResponse(form, response, { known })))
    write(form)
  }
})
