import type { Specimen } from './indicator.ts'

/** Samples between which a result never moves. Blood, serum and plasma are one: laboratories print them loosely. */
export type Sample = 'blood' | 'urine' | 'stool' | 'body' | 'other'

export function sampleOf(specimen: Specimen): Sample {
  return specimen === 'serum' || specimen === 'plasma' ? 'blood' : specimen
}

const words: readonly [RegExp, Sample][] = [
  [
    /脑脊液|胸水|腹水|胸腹水|积液|穿刺|痰|唾液|精液|羊水|分泌物|拭子|透析|胃液|csf|sputum|saliva|swab|fluid|semen/,
    'other',
  ],
  [/尿|urine|^ur$|^u$/, 'urine'],
  [/粪|便|stool|f(a)?eces|^stl$/, 'stool'],
  [/血|serum|plasma|blood|^ser(p|um)?$|^pla?s?$|^bld.?$|^wb$/, 'blood'],
]

/** The sample a printed specimen text names (`静脉血`, `随机尿`, `SER`); undefined if it names none we know. */
export function readSample(text: string | undefined): Sample | undefined {
  const folded = text?.normalize('NFKC').trim().toLowerCase()
  if (!folded) return undefined
  return words.find(([pattern]) => pattern.test(folded))?.[1]
}

/** `血清肌酐` → [`blood`, `肌酐`]; undefined if the name does not begin with a specimen. */
export function splitSample(name: string): [Sample, string] | undefined {
  const match = /^(血清|血浆|全血|血液|静脉血|血|尿液|尿|粪便|大便|粪|便)(.+)$/.exec(name.normalize('NFKC').trim())
  if (!match) return undefined
  const sample = match[1]!.startsWith('尿') ? 'urine' : /血/.test(match[1]!) ? 'blood' : 'stool'
  return [sample, match[2]!]
}
