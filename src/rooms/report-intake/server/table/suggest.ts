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

/** A number, a date, a remark or somebody's office is no item, even where nothing else is known; 凝血酶原时间 is one. */
const NO_ITEM =
  /^\d+$|(日期|(报告|审核|打印|接收|签收|登记|申请|检验)时间|序号|备注|单位|科室|部门|医生|\b(date|no\.|remarks?|department))$/i

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
    return { ...mapping, shape: 'wide', items: rest.filter((header) => !NO_ITEM.test(header)).slice(0, 180) }
  return mapping
}
