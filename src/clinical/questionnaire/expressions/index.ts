import { toStep } from './compile.ts'
import { parse } from './parse.ts'
import { readsOf, type Reads } from './reads.ts'
import type { Scope } from './scope.ts'
import { NotSupported } from './token.ts'
import type { Collection } from './value.ts'

export type { Reads } from './reads.ts'
export type { Scope } from './scope.ts'
export { truth, type Collection } from './value.ts'

/** A FHIRPath expression made ready to run. */
export interface Compiled {
  text: string
  reads: Reads
  /** Never throws: what cannot be computed is an empty list. */
  run(focus: Collection, scope: Scope): Collection
}

const known = new Map<string, Compiled | string>()
const KNOWN_MAX = 5_000

/**
 * Compiles the common subset of FHIRPath. Answers with the compiled expression, or with the name of what is not
 * supported. The same text is compiled once.
 */
export function compile(text: string): Compiled | string {
  let found = known.get(text)
  if (found === undefined) {
    found = compileAnew(text)
    if (known.size >= KNOWN_MAX) known.clear()
    known.set(text, found)
  }
  return found
}

function compileAnew(text: string): Compiled | string {
  try {
    const node = parse(text)
    const step = toStep(node)
    return { text, reads: readsOf(node), run: (focus, scope) => step(focus, scope, 0) }
  } catch (error) {
    if (error instanceof NotSupported) return error.what
    throw error
  }
}
