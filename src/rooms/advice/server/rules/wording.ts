import { checkPlain, type Finding } from '../../../../clinical/plain-language/index.ts'
import type { CardDefinition, GivenText, Kind } from '../../contract/words.ts'

export interface WordingFault {
  where: string
  kind: Finding['kind'] | 'claim' | 'over'
  text: string
  instead: string | null
}

/**
 * 调养 is no treatment: what it must not say of itself. 广告法 and 中医药法 forbid claims of effect on diseases, and a card
 * on food or an acupoint is no medicine.
 */
const CLAIMS =
  /(治疗|治好|疗效|药效|根除|痊愈|抗癌|抗肿瘤|降血?压|降血?糖|降血?脂|降尿酸|消炎|排毒|(预防|防治|主治|改善)[^，。；]{0,8}(病|症|癌|炎|瘤))|\b(cures?|heals?|treats?|lowers? (blood )?(pressure|glucose|sugar|lipids|cholesterol)|prevents? (\w+ )?(disease|cancer|diabetes|stroke)|detox\w*)\b/giu

export function claimsIn(text: string): string[] {
  return [...text.matchAll(CLAIMS)].map(([found]) => found)
}

/** What stands in the way of a card's publication. */
export function cardFaults(definition: CardDefinition, today: string): WordingFault[] {
  const texts = [
    ...both('title', definition.title),
    ...both('summary', definition.summary),
    ...definition.points.flatMap((one, n) => both(`points.${n}`, one)),
    ...definition.avoid.flatMap((one, n) => both(`avoid.${n}`, one)),
  ]
  const words = texts.flatMap(({ where, text }) => faultsOf(where, text, definition.kind))
  return definition.expiresOn > today
    ? words
    : [...words, { where: 'expiresOn', kind: 'over', text: definition.expiresOn, instead: null }]
}

function both(where: string, { zh, en }: { zh: string; en: string }) {
  return [
    { where: `${where} zh`, text: zh },
    { where: `${where} en`, text: en },
  ]
}

function faultsOf(where: string, text: string, kind: Kind): WordingFault[] {
  return [
    ...checkPlain(text).map((one) => ({ where, kind: one.kind, text: one.text, instead: one.instead ?? null })),
    ...(kind === 'wellness'
      ? claimsIn(text).map((found) => ({ where, kind: 'claim' as const, text: found, instead: null }))
      : []),
  ]
}

/** Kinds that may not reach a person, whoever writes them; long sentences are the giver's own judgement. */
const REFUSED = new Set<string>(['diagnosis', 'promise', 'alarm', 'blame', 'claim'])

/** Words in edited advice that are refused; empty when it may be given. */
export function refusedWords(text: GivenText, kind: Kind): string[] {
  return [text.title, text.summary, ...text.points, ...text.avoid]
    .flatMap((part) => faultsOf('', part, kind))
    .filter((fault) => REFUSED.has(fault.kind))
    .map((fault) => fault.text)
}
