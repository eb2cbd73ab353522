import type { ReadContext } from '../context/context.ts'
import type { Translator } from '../i18n/translator.ts'
import type { FactKind } from './fact.ts'
import type { ChoiceList, FactForms, FactTeller, KindHints } from './form.ts'
import { codeOf, testOf, type Leaf } from './grammar.ts'

/** All kinds of facts that the rooms of this house declare; handed to use cases as `ctx.facts`. */
export interface FactBook {
  readonly kinds: readonly FactKind[]
  find(code: string): FactKind | undefined
  /** The kind of a leaf and its test with all defaults. @throws RangeError for one that saving would have refused */
  read(leaf: Leaf): { kind: FactKind; test: unknown }
  readonly translate: Translator
  /** Whether a condition in force asks for one of these kinds: for rooms that wake people themselves. */
  isAskedFor(ctx: ReadContext, codes: readonly string[]): Promise<boolean>
  /** How a kind is asked on pages; one whose room says nothing is asked as its schema has it. */
  hintsOf(code: string): KindHints | undefined
  /** A list of what fields may name. */
  choices(name: string): ChoiceList | undefined
  /** Who puts facts with this `kind` into words, and in whose texts. */
  teller(kind: string): (FactTeller & { room: string }) | undefined
}

/**
 * @param asking for each room that has conditions in force: whether one of them asks for one of these kinds
 * @param forms how the kinds of a room are asked and told on pages
 * @throws RangeError when two rooms declare the same code
 */
export function factBook(
  kinds: readonly FactKind[],
  translate: Translator,
  asking: readonly FactBook['isAskedFor'][] = [],
  forms: readonly { room: string; forms: FactForms }[] = [],
): FactBook {
  const known = new Map(kinds.map((kind) => [kind.code, kind]))
  if (known.size < kinds.length) throw new RangeError('two rooms declare the same kind of fact')
  const hints = new Map(forms.flatMap((one) => Object.entries(one.forms.kinds)))
  const lists = new Map(forms.flatMap((one) => Object.entries(one.forms.choices ?? {})))
  const tellers = new Map(
    forms.flatMap(({ room, forms: { tells = {} } }) =>
      Object.entries(tells).map(([kind, teller]) => [kind, { ...teller, room }] as const),
    ),
  )
  return {
    kinds,
    translate,
    find: (code) => known.get(code),
    hintsOf: (code) => hints.get(code),
    choices: (name) => lists.get(name),
    teller: (kind) => tellers.get(kind),
    async isAskedFor(ctx, codes) {
      for (const asksFor of asking) if (await asksFor(ctx, codes)) return true
      return false
    },
    read(leaf) {
      const kind = known.get(codeOf(leaf))
      const parsed = kind?.test.safeParse(testOf(leaf))
      if (!kind || !parsed?.success) throw new RangeError(`no such question: ${codeOf(leaf)}`)
      return { kind, test: parsed.data }
    },
  }
}
