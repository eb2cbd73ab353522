import { describe, expect, it } from 'vitest'
import { suggestMapping } from './suggest.ts'

describe('one row per person', () => {
  it.each(['采样日期', '采血时间', '检查日期', '体检日期', 'Taken at'])('%s is the date', (header) => {
    expect(suggestMapping(['姓名', header, '空腹血糖(mmol/L)'])).toEqual({
      shape: 'wide',
      columns: { name: '姓名', takenAt: header },
      items: ['空腹血糖(mmol/L)'],
    })
  })

  it.each(['报告日期', '审核时间', '序号', '备注', '工作单位', '送检科室', '检验医生', '7', 'Report date', 'No.'])(
    '%s is no item',
    (header) => expect(suggestMapping([header, '姓名', '尿酸']).items).toEqual(['尿酸']),
  )

  it.each(['凝血酶原时间', '凝血酶时间(s)', 'Prothrombin time', '血糖', 'Glucose', '中性粒细胞数', '红细胞沉降率'])(
    '%s is one',
    (header) => expect(suggestMapping(['姓名', header]).items).toEqual([header]),
  )
})

it('with a value column there is one result a row, and no column is an item', () => {
  expect(suggestMapping(['姓名', '项目名称', '结果', '单位', '参考范围', '审核人'])).toEqual({
    shape: 'long',
    columns: { name: '姓名', itemName: '项目名称', value: '结果', unit: '单位', range: '参考范围' },
    items: [],
  })
})

it('the first of two headers for one field is taken', () => {
  expect(suggestMapping(['手机', '联系电话', '结果']).columns).toEqual({ phone: '手机', value: '结果' })
})
