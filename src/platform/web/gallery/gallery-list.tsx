import { Button } from 'antd'
import { useMemo } from 'react'
import { z } from 'zod'
import { Empty } from '../feedback/empty.tsx'
import { useSay } from '../feedback/use-say.tsx'
import type { Column } from '../list/column.ts'
import type { FilterField } from '../list/filter-field.ts'
import { ListPage } from '../list/list-page.tsx'
import { flag, listOf } from '../page/address.ts'
import { Facts } from '../page/layout.tsx'
import { useToday } from '../page/session.ts'
import { SideDrawer, useOpened } from '../page/side-drawer.tsx'
import { useAddress } from '../page/use-address.ts'
import { DateText, RelativeDay } from '../text/dates.tsx'
import { Figures } from '../text/figures.tsx'
import { Quantity } from '../text/flag.tsx'
import { SexAge } from '../text/sex-age.tsx'
import { Status } from '../text/status.tsx'
import { fakePeople, type FakePerson } from './fake-rows.ts'

const STATES = { due: '待执行', done: '已处理', late: '已逾期' }
const TONES = { due: 'plain', done: 'good', late: 'due' } as const
const filterSchema = z.object({
  q: z.string().optional(),
  state: listOf(z.enum(['due', 'done', 'late'])),
  from: z.string().optional(),
  to: z.string().optional(),
  mine: flag(),
  sort: z.string().optional(),
  rows: z.coerce.number().optional(),
})

const columns: Column<FakePerson>[] = [
  { key: 'name', title: '姓名', render: ({ name }) => name },
  { key: 'sexAge', title: '性别年龄', render: (p) => <SexAge {...p} />, card: 'aside' },
  { key: 'phone', title: '电话', render: ({ phone }) => <span className="pb-number">{phone}</span> },
  { key: 'dueOn', title: '随访日期', sort: 'due', render: ({ dueOn, state }) => <RelativeDay date={dueOn} due={state === 'late'} /> },
  { key: 'glucose', title: '空腹血糖', number: true, render: (p) => <Quantity value={p.glucose.toFixed(1)} unit="mmol/L" flag={p.flag} /> },
  { key: 'state', title: '状态', render: ({ state }) => <Status tone={TONES[state]}>{STATES[state]}</Status> },
  { key: 'doctor', title: '责任医生', render: ({ doctor }) => doctor },
  { key: 'birth', title: '出生日期', optional: true, render: ({ birthDate }) => <DateText date={birthDate} /> },
]

const fields: FilterField[] = [
  { kind: 'text', key: 'q', label: '姓名、拼音、电话后四位' },
  { kind: 'choice', key: 'state', label: '状态', multiple: true, options: Object.entries(STATES).map(([value, label]) => ({ value, label })) },
  { kind: 'dates', from: 'from', to: 'to', label: '随访日期' },
  { kind: 'flag', key: 'mine', label: '只看我的' },
]

/** A whole list page over made-up rows: `?rows=0` shows it empty. */
export function GalleryList() {
  const [filter, change] = useAddress(filterSchema)
  const today = useToday()
  const say = useSay()
  const opened = useOpened('person')
  const all = useMemo(() => fakePeople(filter.rows ?? 40, today), [filter.rows, today])
  const rows = all.filter((p) => (!filter.q || p.name.includes(filter.q)) && (!filter.state?.length || filter.state.includes(p.state)))
  const person = all.find(({ id }) => id === opened.id)
  return (
    <ListPage
      title="客户"
      actions={<Button type="primary">登记客户</Button>}
      above={
        <Figures
          items={[
            { key: 'today', label: '今天', value: 14, to: '/dev/kit/list?state=due' },
            { key: 'late', label: '已过期', value: 3, tone: 'due', to: '/dev/kit/list?state=late' },
            { key: 'pool', label: '待领取', value: 128, to: '/dev/kit/list' },
          ]}
        />
      }
      name="gallery"
      label="客户列表"
      filters={{ fields, state: filter, change }}
      rows={rows}
      columns={columns}
      rowKey={({ id }) => id}
      rowName={({ name }) => name}
      onOpen={({ id }) => opened.open(id)}
      sort={filter.sort}
      onSort={(sort) => change({ sort })}
      bulk={[
        { key: 'hand', label: '转交', run: (chosen) => say.undoable({ text: `已转交 ${chosen.length} 条`, undo: () => say.done('已撤回') }) },
        { key: 'cancel', label: '取消', danger: true, run: () => Promise.resolve() },
      ]}
      empty={<Empty title="登记过的客户会显示在这里" hint="可以一位一位登记，也可以从表格导入。" action={<Button type="primary">登记第一位客户</Button>} />}
    >
      <SideDrawer
        title={person?.name}
        open={person !== undefined}
        onClose={opened.close}
        footer={
          <div className="pb-row">
            <Button type="primary">打开档案</Button>
            <Button>打电话</Button>
          </div>
        }
      >
        {person && (
          <Facts
            items={[
              ['电话', person.phone],
              ['性别年龄', <SexAge key="s" {...person} />],
              ['责任医生', person.doctor],
              ['空', null],
            ]}
          />
        )}
      </SideDrawer>
    </ListPage>
  )
}
