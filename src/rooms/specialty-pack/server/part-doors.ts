import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import type { Bilingual } from '../../../platform/contract/index.ts'
import type { ContentVersion } from '../../../platform/database/content-versions.ts'
import { dropPackedCard, findPackedCards, layPackedCard, retirePackedCard } from '../../advice/server/index.ts'
import { dropPackedAlertRule, findPackedAlertRules, layPackedAlertRule } from '../../alert/server/index.ts'
import {
  dropPackedTemplate,
  findPackedTemplates,
  layPackedTemplate,
  retirePackedTemplate,
} from '../../care-plan/server/index.ts'
import { dropPackedProtocol, findPackedProtocols, layPackedProtocol } from '../../follow-up/server/index.ts'
import { templatesInForce } from '../../message/server/index.ts'
import { findPackedQuestionnaires } from '../../questionnaire/server/index.ts'
import type { PermissionCode } from '../../staff/contract/permissions.ts'
import { dropPackedTag, findPackedTags, layPackedTag } from '../../tag/server/index.ts'
import type { PackPart, PartKind } from '../contract/pack.ts'

export type FoundContent = ContentVersion & { title?: Bilingual }

/** What a room lets a pack do with its content. */
export interface PartDoor {
  find(ctx: ReadContext, codes: readonly string[]): Promise<FoundContent[]>
  /** Lays the pack's own content down. @returns its version there */
  lay?(ctx: WriteContext, part: PackPart, publish: boolean): Promise<number>
  drop?(ctx: WriteContext, code: string, version: number): Promise<boolean>
  /** Takes it out of force, where offering it no more hurts nobody. */
  retire?(ctx: WriteContext, code: string): Promise<boolean>
  /** Who holds it puts content in force by installing it; null: nobody does so by installing. */
  publishing: PermissionCode | null
  link(code: string, version: number | null): string
}

function notOwn({ kind, code }: PackPart): never {
  throw new RangeError(`${kind} ${code} is not the pack's own`)
}

export const PART_DOORS: Record<PartKind, PartDoor> = {
  tag: {
    find: findPackedTags,
    lay: (ctx, part, publish) =>
      part.kind === 'tag' && part.definition ? layPackedTag(ctx, part.definition, publish) : notOwn(part),
    drop: dropPackedTag,
    publishing: 'tag.rule.publish',
    link: (code) => `/tag-rules?rule=${code}`,
  },
  questionnaire: {
    find: findPackedQuestionnaires,
    publishing: 'questionnaire.publish',
    link: (code) => `/questionnaires/${code}`,
  },
  protocol: {
    find: findPackedProtocols,
    lay: (ctx, part, publish) =>
      part.kind === 'protocol' && part.definition ? layPackedProtocol(ctx, part.definition, publish) : notOwn(part),
    drop: dropPackedProtocol,
    publishing: 'follow-up.protocol.publish',
    link: (code) => `/protocols/${code}`,
  },
  'alert-rule': {
    find: findPackedAlertRules,
    lay: (ctx, part) =>
      part.kind === 'alert-rule' && part.definition
        ? layPackedAlertRule(ctx, part.code, part.definition)
        : notOwn(part),
    drop: dropPackedAlertRule,
    // In force only by the confirmation of its named owner.
    publishing: null,
    link: (code) => `/alert-settings?rule=${code}`,
  },
  'plan-template': {
    find: findPackedTemplates,
    lay: (ctx, part, publish) =>
      part.kind === 'plan-template' && part.definition
        ? layPackedTemplate(ctx, part.code, part.definition, publish)
        : notOwn(part),
    drop: dropPackedTemplate,
    retire: retirePackedTemplate,
    publishing: 'care-plan.template.publish',
    link: (code, version) => `/care-plan-templates/${code}?version=${version ?? 1}`,
  },
  'advice-card': {
    find: findPackedCards,
    lay: (ctx, part, publish) =>
      part.kind === 'advice-card' && part.definition ? layPackedCard(ctx, part.definition, publish) : notOwn(part),
    drop: dropPackedCard,
    retire: retirePackedCard,
    publishing: 'advice.content.publish',
    link: (code, version) => `/advice-cards?card=${code}.${version ?? 1}`,
  },
  'message-template': {
    find: async (ctx, codes) =>
      [...(await templatesInForce(ctx, codes))].map(([code, { definition, version }]) => ({
        code,
        version,
        state: 'in-force',
        definition,
        title: definition.name,
      })),
    publishing: 'message.template.publish',
    link: (code) => `/message-templates/${code}`,
  },
}

interface Worded {
  name?: Bilingual
  title?: Bilingual
  source?: string
  reviewer?: string | null
}

/** What a definition of whatever kind says of itself. */
export function wordsOf(part: PackPart, found: FoundContent | undefined) {
  const definition = (found?.definition ?? ('definition' in part ? part.definition : undefined) ?? {}) as Worded
  const { source = '', reviewer = null } = definition
  return {
    name: found?.title ?? definition.name ?? definition.title ?? { zh: part.code, en: part.code },
    source,
    reviewer,
  }
}
