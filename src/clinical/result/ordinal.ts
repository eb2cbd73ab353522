import type { OrdinalStep } from '../indicator/indicator.ts'

/** Order of the steps; `weak` and `positive` are words without a count and stand beside trace and 1+. */
const ranks: Readonly<Record<OrdinalStep, number>> = {
  negative: 0,
  trace: 1,
  weak: 1.5,
  positive: 2,
  '1+': 2,
  '2+': 3,
  '3+': 4,
  '4+': 5,
}

export function ordinalRank(step: OrdinalStep): number {
  return ranks[step]
}

const plusSigns: readonly OrdinalStep[] = ['1+', '2+', '3+', '4+']

const words: Readonly<Record<string, OrdinalStep>> = {
  '-': 'negative',
  阴性: 'negative',
  阴: 'negative',
  neg: 'negative',
  negative: 'negative',
  无: 'negative',
  // Looked for and not seen: a finding, not a missing one.
  未见: 'negative',
  未见异常: 'negative',
  未检出: 'negative',
  未检测到: 'negative',
  未发现: 'negative',
  notdetected: 'negative',
  nonreactive: 'negative',
  '±': 'trace',
  '+-': 'trace',
  '+/-': 'trace',
  '-/+': 'trace',
  '-+': 'trace',
  微量: 'trace',
  痕量: 'trace',
  可疑: 'trace',
  可疑阳性: 'trace',
  临界: 'trace',
  trace: 'trace',
  弱阳性: 'weak',
  弱阳: 'weak',
  阳性: 'positive',
  阳: 'positive',
  强阳性: 'positive',
  pos: 'positive',
  positive: 'positive',
  reactive: 'positive',
  detected: 'positive',
  检出: 'positive',
}

/** Reads a step as printed: `阴性（-）`, `弱阳性`, `±`, `++`, `2+`, `+2`, `(+)`, `阳性(++)`; undefined if it is none. */
export function readOrdinal(text: string): OrdinalStep | undefined {
  const folded = text
    .normalize('NFKC')
    .replace(/[−–﹣]/g, '-')
    .replace(/\s/g, '')
    .toLowerCase()
  const pair = /^([^()]+)\(([^()]+)\)$/.exec(folded)
  if (pair) {
    const [word, sign] = [readPlain(pair[1]!), readPlain(pair[2]!)]
    if (!word || !sign) return undefined
    if (word === sign) return word
    // 阳性(++): the sign counts what the word only names; anything else contradicts itself
    const agrees = ranks[word] >= 1 && ranks[sign] >= 1 && word !== 'trace'
    return agrees ? (word === 'weak' ? 'weak' : sign) : undefined
  }
  return readPlain(folded.replace(/^\((.+)\)$/, '$1'))
}

function readPlain(text: string): OrdinalStep | undefined {
  if (/^\+{1,4}$/.test(text)) return plusSigns[text.length - 1]
  const counted = /^(?:([1-4])\+|\+([1-4]))$/.exec(text)
  if (counted) return plusSigns[Number(counted[1] ?? counted[2]) - 1]
  const worded = /^(?:阳性)([1-4]\+|\+[1-4]|\+{1,4})$/.exec(text)
  if (worded) return readPlain(worded[1]!)
  if (/^(?:阴性)-$/.test(text)) return 'negative'
  return Object.hasOwn(words, text) ? words[text] : undefined
}
