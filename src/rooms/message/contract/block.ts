import { z } from 'zod'

/** One text in both languages; Liquid, and `**bold**`. A draft may leave one empty, a template in force may not. */
const words = (most: number) => z.object({ zh: z.string().max(most).default(''), en: z.string().max(most).default('') })
export type Words = { zh: string; en: string }

/** Stable within a template, so that what a check found leads to its block. */
const blockId = z.string().regex(/^[a-z0-9]{4,12}$/)

/** Where a button leads: the person's own pages (`link`), a variable of the kind link, or an address of the house or an authority. */
export const buttonTarget = z
  .string()
  .trim()
  .max(300)
  .regex(/^([a-z][A-Za-z0-9]{1,39}|https:\/\/[^\s"'<>{}]*)$/)

const heading = z.object({
  kind: z.literal('heading'),
  id: blockId,
  level: z.union([z.literal(1), z.literal(2)]).default(1),
  words: words(80),
})
/** Paragraphs, a blank line between. */
const text = z.object({ kind: z.literal('text'), id: blockId, words: words(2000) })
/** One item a line. */
const list = z.object({
  kind: z.literal('list'),
  id: blockId,
  ordered: z.boolean().default(false),
  words: words(1500),
})
const button = z.object({
  kind: z.literal('button'),
  id: blockId,
  words: words(40),
  to: buttonTarget.default('link'),
})
/** A picture that was handed in; `words` is what it says to whoever does not see it. */
const picture = z.object({
  kind: z.literal('picture'),
  id: blockId,
  picture: z
    .string()
    .regex(/^([0-9a-f]{32}\.[\w-]{43})?$/)
    .default(''),
  width: z.number().int().min(1).max(4000).default(560),
  height: z.number().int().min(1).max(4000).default(315),
  words: words(200),
})
/** What somebody of authority says, with where it stands and of when it is. */
const quote = z.object({
  kind: z.literal('quote'),
  id: blockId,
  words: words(600),
  source: words(160),
  /** A year, a month or a day; half typed in a draft. */
  date: z.string().max(10).default(''),
})
/** What must not be overlooked: when to call for help. */
const notice = z.object({ kind: z.literal('notice'), id: blockId, title: words(40), words: words(600) })
const divider = z.object({ kind: z.literal('divider'), id: blockId })
/** Whom to turn to, as the organization has entered it. */
const contact = z.object({ kind: z.literal('contact'), id: blockId, words: words(200) })

export const innerBlock = z.discriminatedUnion('kind', [heading, text, list, button, picture])
export type InnerBlock = z.infer<typeof innerBlock>

/** Only whoever is in this segment when the message is filled reads the block; without it everybody does. */
const onlyFor = { onlyFor: z.uuid().optional() }

/** Side by side where there is room, one below the other on a phone. */
const columns = z.object({
  kind: z.literal('columns'),
  id: blockId,
  left: z.array(innerBlock).max(4),
  right: z.array(innerBlock).max(4),
})

export const block = z.discriminatedUnion('kind', [
  heading.extend(onlyFor),
  text.extend(onlyFor),
  list.extend(onlyFor),
  button.extend(onlyFor),
  picture.extend(onlyFor),
  quote.extend(onlyFor),
  notice.extend(onlyFor),
  divider.extend(onlyFor),
  contact.extend(onlyFor),
  columns.extend(onlyFor),
])
export type Block = z.infer<typeof block>
export type BlockKind = Block['kind']
export const BLOCK_KINDS: readonly BlockKind[] = [
  'heading',
  'text',
  'list',
  'button',
  'picture',
  'quote',
  'notice',
  'columns',
  'divider',
  'contact',
]
export const INNER_KINDS: readonly InnerBlock['kind'][] = ['heading', 'text', 'list', 'button', 'picture']
export const BLOCKS_MAX = 40

/** 2024, 2024-06, 2024-06-30 */
export function isSourceDate(date: string): boolean {
  return /^(19|20)\d{2}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/.test(date)
}

/** Each block and what stands in its columns, in the order they are read. */
export function allBlocks(blocks: readonly Block[]): Exclude<Block, { kind: 'columns' }>[] {
  return blocks.flatMap((one): Exclude<Block, { kind: 'columns' }>[] =>
    one.kind === 'columns' ? [...one.left, ...one.right] : [one],
  )
}

/** The segments that blocks are for, each once, in the order they are read. */
export function segmentsOf(blocks: readonly Block[] | undefined): string[] {
  return [...new Set((blocks ?? []).flatMap(({ onlyFor }) => onlyFor ?? []))]
}
