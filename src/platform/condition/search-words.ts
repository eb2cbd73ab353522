import { pinyin } from 'pinyin-pro'

/** What a name is found by: itself, its pinyin in full and its first letters, all in lower case. */
export function searchWords(names: readonly string[]): string {
  const words = names.filter(Boolean).flatMap((name) => {
    const chinese = name.replace(/[^\p{Script=Han}]/gu, '')
    if (chinese === '') return [name]
    const full = pinyin(chinese, { toneType: 'none', type: 'array', v: true })
    return [name, full.join(''), full.map((one) => one[0]).join('')]
  })
  return [...new Set(words)].join(' ').toLowerCase()
}
