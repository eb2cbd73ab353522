import { parseReferencePack, type Measure, type ReferencePack, type ReferenceTable } from '../reference-pack.ts'

const MEASURES: Record<string, Measure> = {
  stature: 'height',
  weight: 'weight',
  body_mass_index: 'bmi',
  head_circumference: 'head',
}
const DAYS_OF_A_MONTH = 30.4375

/**
 * Makes the pack `who` from the CSV of the Python package pygrowthstandards 1.1 (columns source, age_group, name, sex,
 * measurement_type, x_var_type, x, l, m, s). Its 2007 tables begin at 61 months: month 60 is drawn on in a straight
 * line from 61 and 62, which agrees with WHO's own package for a child of 60.9 months to 0.005 z.
 */
export function whoPackFromTable(csv: string): ReferencePack {
  const tables = new Map<string, ReferenceTable>()
  for (const line of csv.split('\n').slice(1)) {
    const [source, ageGroup, name, sex, type, axis, ...numbers] = line.split(',')
    const measure = MEASURES[type ?? '']
    if (source !== 'who' || !measure || (name !== 'growth' && name !== 'child_growth')) continue
    const [x, L, M, S] = numbers.slice(0, 4).map(Number) as [number, number, number, number]
    const by =
      axis === 'stature' ? (ageGroup === '0-2' ? 'lengthCm' : 'heightCm') : name === 'growth' ? 'ageMonths' : 'ageDays'
    const key = `${measure} ${sex} ${by}`
    const table = tables.get(key) ?? {
      measure,
      sex: sex === 'M' ? 'male' : 'female',
      by,
      columns: ['L', 'M', 'S'],
      rows: [],
    }
    table.rows.push([by === 'ageMonths' ? Math.round(x / DAYS_OF_A_MONTH) : x, L, M, S])
    tables.set(key, table)
  }
  for (const table of tables.values()) {
    table.rows.sort((a, b) => a[0]! - b[0]!)
    if (table.by === 'ageMonths') drawBackToSixty(table)
  }
  return parseReferencePack({
    format: 'peiban-growth-reference/1',
    code: 'who',
    version: 'pygrowthstandards-1.1',
    title: { zh: '世界卫生组织生长标准 2006 与参照 2007', en: 'WHO growth standards 2006 and reference 2007' },
    source: 'WHO, through pygrowthstandards 1.1; month 60 of the 2007 tables drawn on from 61 and 62',
    licence: 'values © WHO; to be cleared by who imports it',
    tables: [...tables.values()],
  })
}

function drawBackToSixty({ rows }: ReferenceTable): void {
  const [first, second] = rows
  if (first?.[0] === 61 && second?.[0] === 62) rows.unshift(first.map((value, n) => 2 * value - second[n]!))
}
