import { segmentsOf, type Block } from '../../contract/block.ts'
import type { TemplateDefinition, TemplateFinding } from '../../contract/template.ts'
import type { LiquidValues } from './liquid.ts'

/**
 * How somebody meets the blocks for a segment: not in this map, not at all; `open`: they read it; `login`: they are in it, and
 * it tells of their health, so that outside of their own pages a line says no more than where to read it.
 */
export type ShownBlocks = ReadonlyMap<string, 'open' | 'login'>

/** Nobody can write it into a template: names of variables hold no underscore, and the check knows none that is not declared. */
export const audienceVariable = (segment: string): string => `only_${segment.replaceAll('-', '')}`

export const SHOWN = 'shown'
export const POINTER = 'pointer'

/**
 * What the conditions around blocks are filled with.
 * @param outward it leaves the house
 */
export function audienceValues(
  blocks: readonly Block[] | undefined,
  shown: ShownBlocks,
  outward: boolean,
): LiquidValues {
  return Object.fromEntries(
    segmentsOf(blocks).map((segment) => {
      const how = shown.get(segment)
      return [audienceVariable(segment), !how ? '' : how === 'login' && outward ? POINTER : SHOWN]
    }),
  )
}

/** Whom a block is for, as far as the check and the pages of staff need it. */
export interface BlockAudience {
  name: { zh: string; en: string }
  /** It may not choose whom to write to: it tells of mind and mood (R2). Then nobody sees the block. */
  isBarred: boolean
  /** It tells of health: outside of a person's own pages the block is a line about signing in. */
  behindLogin: boolean
}

/** What is wrong with whom the blocks are for. */
export function checkAudiences(
  { blocks, channels }: Pick<TemplateDefinition, 'blocks' | 'channels'>,
  audiences: ReadonlyMap<string, BlockAudience>,
): TemplateFinding[] {
  const findings: TemplateFinding[] = []
  const found = (kind: TemplateFinding['kind'], what: string, block?: string) =>
    findings.push({ part: 'blocks', kind, what, because: '', ...(block ? { block } : {}) })
  for (const { id, onlyFor } of blocks ?? []) {
    if (!onlyFor) continue
    const audience = audiences.get(onlyFor)
    if (!audience) found('audience-unknown', '', id)
    else if (audience.isBarred) found('audience-barred', audience.name.zh, id)
    // Where nothing stands behind the login, the line that leads there would lead to nothing.
    else if (audience.behindLogin && !channels.includes('in-app')) found('audience-nowhere', audience.name.zh, id)
  }
  if (segmentsOf(blocks).length > 0 && blocks.every(({ onlyFor, kind }) => onlyFor || kind === 'divider'))
    found('only-for-some', '')
  return findings
}
