import type { Instrument, InstrumentCard } from '../../clinical/index.ts'

const BADGES: Record<InstrumentCard['badge'], string> = {
  verified: 'verified 已核对',
  secondary: 'secondary 转引',
  reconstructed: 'reconstructed 重建',
}
const STANCES: Record<InstrumentCard['licence']['stance'], string> = {
  'built-in': 'built-in 内置',
  template: 'template 自备题目',
}

/** The registry as a table for a terminal: instrument, version, badge, licence, title. */
export function registryTable(instruments: readonly Instrument[]): string {
  const rows = instruments.map(({ card }) => [
    card.code,
    card.version,
    BADGES[card.badge],
    STANCES[card.licence.stance],
    `${card.title.zh} · ${card.title.en}`,
  ])
  return aligned([['INSTRUMENT', 'VERSION', 'BADGE', 'LICENCE', 'TITLE'], ...rows])
}

function aligned(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => columnsOf(row[column]!))))
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell + ' '.repeat(widths[column]! - columnsOf(cell)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** A Chinese character takes two columns of a terminal. */
function columnsOf(text: string): number {
  return [...text].reduce((sum, one) => sum + (/[\u2e80-\u9fff\uff00-\uff60]/.test(one) ? 2 : 1), 0)
}

/** The three nearest names: those first that hold what was typed with something left out, then by slips of the finger. */
export function nearestCodes(wanted: string, codes: readonly string[]): string[] {
  const plain = (code: string) => code.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
  const typed = plain(wanted)
  const slips = (code: string) => editDistance(typed, plain(code)) - (isShortened(typed, plain(code)) ? 100 : 0)
  return codes.toSorted((a, b) => slips(a) - slips(b) || (a < b ? -1 : 1)).slice(0, 3)
}

function isShortened(short: string, long: string): boolean {
  let at = 0
  for (const letter of long) if (letter === short[at]) at++
  return short !== '' && at === short.length
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1]
    for (const [j, other] of [...b].entries())
      next.push(Math.min(next[j]! + 1, row[j + 1]! + 1, row[j]! + (letter === other ? 0 : 1)))
    row = next
  }
  return row[b.length]!
}
