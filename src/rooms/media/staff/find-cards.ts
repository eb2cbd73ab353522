import type { Bilingual } from '../../../platform/contract/index.ts'
import { indicatorByCode } from '../../../clinical/index.ts'

interface Searched {
  code: string
  title: Bilingual
  summary: Bilingual
  topics: readonly string[]
  words: readonly string[]
}

/** Cards whose title, sentence, words or topics hold every word that was typed; indicators by their names too. */
export function findCards<T extends Searched>(cards: readonly T[], typed: string): T[] {
  const wanted = typed.toLowerCase().split(/\s+/).filter(Boolean)
  if (wanted.length === 0) return [...cards]
  return cards.filter((card) => {
    const text = textOf(card).toLowerCase()
    return wanted.every((word) => text.includes(word))
  })
}

function textOf({ code, title, summary, topics, words }: Searched): string {
  const both = (text: Bilingual) => `${text.zh} ${text.en}`
  return [code, both(title), both(summary), ...words, ...topics, ...topics.map(indicatorName)].join(' ')
}

function indicatorName(topic: string): string {
  const [kind, code = ''] = topic.split(':')
  const indicator = kind === 'indicator' ? indicatorByCode(code) : undefined
  return indicator ? `${indicator.nameZh} ${indicator.nameEn}` : ''
}
