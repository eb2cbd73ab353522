import { Alert, Button, Input, InputNumber, Select } from 'antd'
import { useState } from 'react'
import {
  Card,
  DataTable,
  DraftForm,
  Empty,
  Field,
  InstantText,
  Loading,
  ProblemAlert,
  SideDrawer,
  Stack,
  useAction,
  useApi,
  useSay,
  useT,
  type Column,
} from '../../../platform/web/index.ts'
import { MomentInput } from '../../observation/staff/moment-input.tsx'
import { listDirectory } from '../../staff/contract/staff.ts'
import { addDuty, listDuty, removeDuty, type DutyView } from '../contract/duty.ts'
import { mayHandle } from './colleagues.ts'

/** 值班表: who is told first and next, and in red where nobody is. */
export function DutyTab() {
  const t = useT('alert')
  const say = useSay()
  const [adding, setAdding] = useState(false)
  const { data, error, refetch } = useApi(listDuty, { query: { days: 14 } as never })
  const remove = useAction(removeDuty, { invalidates: [listDuty], onDone: () => say.done(t('duty.removed')) })
  const columns: Column<DutyView>[] = [
    { key: 'staff', title: t('duty.staff'), render: ({ staff }) => staff.name },
    { key: 'span', title: t('duty.span'), render: (shift) => <SpanText span={shift} /> },
    { key: 'rank', title: t('duty.rank'), render: ({ rank }) => rank, number: true },
    { key: 'phone', title: t('duty.phone'), render: ({ phone }) => phone },
    ...(data?.can.write
      ? [
          {
            key: 'act',
            title: '',
            render: ({ id }: DutyView) => (
              <Button size="small" onClick={() => remove.mutate({ params: { dutyId: id } }, { onError: say.problem })}>
                {t('duty.remove')}
              </Button>
            ),
          },
        ]
      : []),
  ]
  return (
    <Stack>
      <ProblemAlert problem={error} onRetry={() => void refetch()} />
      {!data && !error && <Loading />}
      {data && <Gaps gaps={data.gaps} />}
      {data && (
        <Card
          flush
          title={t('duty.label')}
          extra={data.can.write && <Button onClick={() => setAdding(true)}>{t('duty.add')}</Button>}
        >
          <DataTable
            name="alert-duty"
            label={t('duty.label')}
            rows={data.shifts}
            columns={columns}
            rowKey={({ id }) => id}
            rowName={({ staff }) => staff.name}
            empty={<Empty title={t('duty.empty')} hint={t('duty.emptyHint')} />}
          />
        </Card>
      )}
      <SideDrawer title={t('duty.add')} open={adding} onClose={() => setAdding(false)}>
        <DutyForm onClose={() => setAdding(false)} />
      </SideDrawer>
    </Stack>
  )
}

function SpanText({ span }: { span: { from: string; until: string } }) {
  return (
    <span>
      <InstantText at={span.from} /> – <InstantText at={span.until} />
    </span>
  )
}

function Gaps({ gaps }: { gaps: readonly { from: string; until: string }[] }) {
  const t = useT('alert')
  if (gaps.length === 0) return <Alert type="success" showIcon title={t('duty.noGaps')} />
  return (
    <Alert
      type="error"
      showIcon
      title={t('duty.gaps', { count: gaps.length })}
      description={
        <ul className="pb-plain-list">
          {gaps.slice(0, 8).map((gap) => (
            <li key={gap.from}>
              {t('duty.gap')} <SpanText span={gap} />
            </li>
          ))}
        </ul>
      }
    />
  )
}

interface Shift {
  staffId: string
  from: string
  until: string
  rank: number
  phone?: string
}

function DutyForm({ onClose }: { onClose: () => void }) {
  const t = useT('alert')
  const say = useSay()
  const directory = useApi(listDirectory, { query: { limit: 500 } as never })
  const add = useAction(addDuty, {
    invalidates: [listDuty],
    onDone: () => {
      say.done(t('duty.saved'))
      onClose()
    },
  })
  const options = (directory.data?.staff ?? [])
    .filter(({ roles }) => mayHandle(roles))
    .map(({ id, name }) => ({ value: id as string, label: name }))
  return (
    <DraftForm<Shift>
      name="alert-duty"
      initial={{ rank: 1 }}
      submit={t('duty.save')}
      onCancel={onClose}
      onSubmit={(body) => add.mutateAsync({ body: body as never })}
    >
      <Field name="staffId" label={t('duty.staff')} required>
        <Select options={options} showSearch={{ optionFilterProp: 'label' }} />
      </Field>
      <Field name="from" label={t('duty.from')} required>
        <MomentInput />
      </Field>
      <Field name="until" label={t('duty.until')} required>
        <MomentInput />
      </Field>
      <Field name="rank" label={t('duty.rank')} required extra={t('duty.rankHint')}>
        <InputNumber min={1} max={9} />
      </Field>
      <Field name="phone" label={t('duty.phone')}>
        <Input maxLength={40} />
      </Field>
    </DraftForm>
  )
}
