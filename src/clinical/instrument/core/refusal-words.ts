import type { InputFault, Refusal } from './check.ts'
import type { InputSpec, InputSpecs } from './input.ts'
import type { Instrument, Words } from './instrument.ts'

/** A refusal as sentences that say what to mend, each input by its name for people and its name in the data. */
export function refusalWords(instrument: Instrument, refusal: Refusal): Words {
  const name = (path: string) => nameOf(instrument, path)
  const parts: Words[] = []
  if (refusal.missing.length > 0) {
    const missed = missedNames(refusal.missing, name)
    parts.push({
      zh: `还缺：${missed.map(({ zh }) => zh).join('；')}。`,
      en: `Missing: ${missed.map(({ en }) => en).join('; ')}.`,
    })
  }
  for (const { input, value, ...fault } of refusal.invalid) {
    const { zh, en } = faultWords(fault as InputFault)
    const [said, called] = [JSON.stringify(value) ?? String(value), name(input)]
    parts.push({ zh: `${called.zh}是 ${said}，${zh}。`, en: `${called.en} is ${said}, ${en}.` })
  }
  if (refusal.unknown.length > 0)
    parts.push({
      zh: `这里没有 ${refusal.unknown.join('、')} 这样的项目，请核对名称。`,
      en: `There is no input ${refusal.unknown.join(', ')} here; please check the name.`,
    })
  if (refusal.notApplicable !== undefined) {
    const sentence = instrument.card.sentences?.[refusal.notApplicable]
    parts.push(
      sentence ?? { zh: `不适用（${refusal.notApplicable}）。`, en: `Not applicable (${refusal.notApplicable}).` },
    )
  }
  return { zh: parts.map(({ zh }) => zh).join(''), en: parts.map(({ en }) => en).join(' ') }
}

/** The items of one list are named together: 第 4、5、9 题. */
function missedNames(paths: readonly string[], name: (path: string) => Words): Words[] {
  const byList = Map.groupBy(paths, (path) => path.replace(/\[\d+\]$/, ''))
  return [...byList].map(([list, missed]) => {
    const numbers = missed.filter((path) => path !== list).map((path) => Number(path.slice(list.length + 1, -1)) + 1)
    const { zh, en } = name(list)
    if (numbers.length === 0) return { zh, en }
    return { zh: `${zh}第 ${numbers.join('、')} 题`, en: `${en} number ${numbers.join(', ')}` }
  })
}

function faultWords(fault: InputFault): Words {
  switch (fault.reason) {
    case 'below':
      return { zh: `低于 ${limit(fault)}`, en: `below ${limit(fault)}` }
    case 'above':
      return { zh: `高于 ${limit(fault)}`, en: `above ${limit(fault)}` }
    case 'not-offered':
      return { zh: `应为 ${fault.offered.join('、')} 之一`, en: `not one of ${fault.offered.join(', ')}` }
    case 'wrong-count':
      return { zh: `应有 ${fault.expected} 项`, en: `not ${fault.expected} entries` }
    case 'not-a-number':
      return { zh: '不是数字', en: 'not a number' }
    case 'not-an-integer':
      return { zh: '不是整数', en: 'not a whole number' }
    case 'not-yes-or-no':
      return { zh: '应为 true 或 false', en: 'not true or false' }
    case 'not-a-list':
      return { zh: '不是列表', en: 'not a list' }
    case 'not-a-record':
      return { zh: '应写成带名称的几个部分', en: 'not parts with names' }
  }
}

/** The range of the source, in the unit that is asked for. */
function limit(fault: { limit: number; unit?: string }): string {
  return fault.unit === undefined ? String(fault.limit) : `${fault.limit} ${fault.unit}`
}

/** `vigorous.min` → 重体力活动，每天分钟数（vigorous.min）; where no form knows the path, the path alone. */
function nameOf({ forms }: Instrument, path: string): Words {
  for (const { inputs } of forms) {
    const titles = titlesAlong(inputs, path)
    if (titles)
      return {
        zh: `${titles.map(({ zh }) => zh).join('，')}（${path}）`,
        en: `${titles.map(({ en }) => en).join(', ')} (${path})`,
      }
  }
  return { zh: path, en: path }
}

function titlesAlong(inputs: InputSpecs, path: string): Words[] | undefined {
  const titles: Words[] = []
  let below: InputSpecs | undefined = inputs
  for (const step of path.split('.')) {
    const [, name = '', place] = /^(.*?)(?:\[(\d+)\])?$/.exec(step)!
    const spec: InputSpec | undefined = below && Object.hasOwn(below, name) ? below[name] : undefined
    if (!spec) return undefined
    titles.push({ zh: spec.zh, en: spec.en })
    if (place !== undefined) titles.push({ zh: `第 ${Number(place) + 1} 题`, en: `number ${Number(place) + 1}` })
    below = spec.kind === 'record' ? spec.of : undefined
  }
  return titles
}
