import type { TableField, TableMapping } from '../../contract/tables.ts'
import headers from '../../content/table-headers.json' with { type: 'json' }

const fields = Object.entries(headers).map(
  ([field, names]) => [field as TableField, new Set(names.map(plain))] as const,
)

function plain(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_:：*（）()]/g, '')
}

/** What the headers of a spreadsheet suggest: known words are fields; without a value column the rest are items. */
export function suggestMapping(columns: readonly string[]): TableMapping {
  const mapping: TableMapping = { shape: 'long', columns: {}, items: [] }
  const rest: string[] = []
  for (const header of columns) {
    const field = fields.find(([name, words]) => words.has(plain(header)) && mapping.columns[name] === undefined)?.[0]
    if (field) mapping.columns[field] = header
    else rest.push(header)
  }
  if (mapping.columns.value === undefined)
    return { ...mapping, shape: 'wide', items: rest.filter((header) => !/^\d+$/.test(header)).slice(0, 180) }
  return mapping
}
