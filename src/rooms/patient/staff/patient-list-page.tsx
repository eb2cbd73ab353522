import { Button } from 'antd'
import { useMemo } from 'react'
import { z } from 'zod'
import {
  DateText,
  Empty,
  Go,
  InstantText,
  ListPage,
  SexAge,
  useAddress,
  useApi,
  useApiPages,
  useCan,
  useOpened,
  useT,
  type Column,
  type FilterField,
  type T,
} from '../../../platform/web/index.ts'
import { OpenCardDrawer } from '../../card/staff/open-card-drawer.tsx'
import { listDirectory } from '../../staff/contract/staff.ts'
import { listPatients, searchPatients } from '../contract/patient.ts'
import { level, source, type PatientLine } from '../contract/person.ts'
import { ageRange, fits } from './list-filter.ts'
import { levelOptions, sourceOptions, stateOptions } from './words.ts'

const AGES = ['0-13', '14-17', '18-44', '45-64', '65-79', '80-130'] as const
const filterSchema = z.object({
  q: z.string().optional(),
  level: level.optional(),
  source: source.optional(),
  state: z.enum(['active', 'deceased']).optional(),
  doctor: z.union([z.uuid(), z.literal('none')]).optional(),
  manager: z.uuid().optional(),
  age: z.enum(AGES).optional(),
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
})
export type PatientFilter = z.output<typeof filterSchema>

/** 患者: everybody one may see, newest first; what is typed searches instead. */
export function PatientListPage() {
  const t = useT('patient')
  const [filter, change] = useAddress(filterSchema)
  const opened = useOpened('open')
  const canOpen = useCan('card.open')
  const canImport = useCan('patient.import')
  const rows = usePatients(filter)
  const columns = useMemo(() => columnsOf(t), [t])
  const open = canOpen && (
    <Button type="primary" onClick={() => opened.open('new')}>
      {t('list.open')}
    </Button>
  )
  const empty = canOpen ? (
    <Empty
      title={t('list.emptyTitle')}
      hint={t('list.emptyHint')}
      action={
        <>
          {open}
          {canImport && <Go to="/patients/import">{t('list.import')}</Go>}
        </>
      }
    />
  ) : (
    <Empty title={t('list.emptyOwn')} hint={t('list.emptyOwnHint')} />
  )
  return (
    <ListPage
      title={t('list.title')}
      hint={filter.q ? t('list.found') : undefined}
      actions={open}
      name="patients"
      label={t('list.label')}
      filters={{ fields: useFields(t), state: filter, change }}
      rows={rows}
      columns={columns}
      rowKey={({ id }) => id}
      rowName={({ name }) => name}
      to={({ id }) => `/patients/${id}`}
      empty={empty}
    >
      {canOpen && (
        <OpenCardDrawer
          open={opened.id !== undefined}
          patientId={opened.id === 'new' ? undefined : opened.id}
          onClose={opened.close}
        />
      )}
    </ListPage>
  )
}

/** The list by pages, or what a search has found. */
function usePatients(filter: PatientFilter) {
  const { q, level, source, state, doctor, manager, age, from, to } = filter
  const query = {
    level,
    source,
    state,
    doctorId: doctor,
    managerId: manager,
    ...ageRange(age),
    createdFrom: from,
    createdTo: to,
  }
  const pages = useApiPages(listPatients, { query }, { enabled: !q })
  const found = useApi(searchPatients, { query: { q: q ?? '', limit: 50 } }, { enabled: Boolean(q) })
  const hits = useMemo(() => (found.data?.rows ?? []).filter((row) => fits(row, filter)), [found.data, filter])
  return q ? hits : pages
}

function useFields(t: T): FilterField[] {
  const { data } = useApi(listDirectory, { query: {} })
  return useMemo(() => {
    const staff = (role: string) =>
      (data?.staff ?? [])
        .filter(({ roles }) => roles.includes(role as never))
        .map(({ id, name }) => ({ value: id as string, label: name }))
    return [
      { kind: 'text', key: 'q', label: t('list.search') },
      { kind: 'choice', key: 'level', label: t('field.level'), options: levelOptions(t) },
      {
        kind: 'choice',
        key: 'doctor',
        label: t('field.doctor'),
        options: [{ value: 'none', label: t('list.noDoctor') }, ...staff('physician')],
      },
      { kind: 'choice', key: 'manager', label: t('field.manager'), options: staff('service-manager') },
      {
        kind: 'choice',
        key: 'age',
        label: t('field.age'),
        options: AGES.map((value) => ({ value, label: t(`list.age.${value}`) })),
      },
      { kind: 'choice', key: 'source', label: t('field.source'), options: sourceOptions(t) },
      { kind: 'choice', key: 'state', label: t('field.state'), options: stateOptions(t) },
      { kind: 'dates', from: 'from', to: 'to', label: t('list.created') },
    ]
  }, [t, data])
}

function columnsOf(t: T): Column<PatientLine>[] {
  return [
    { key: 'name', title: t('field.name'), render: (row) => nameOf(row, t) },
    { key: 'sexAge', title: t('field.sexAge'), render: (row) => <SexAge {...row} />, card: 'aside' },
    {
      key: 'phone',
      title: t('field.phone'),
      render: ({ phoneMasked }) => <span className="pb-number pb-nowrap">{phoneMasked}</span>,
    },
    {
      key: 'record',
      title: t('field.recordNumber'),
      render: ({ recordNumber }) => <span className="pb-number">{recordNumber}</span>,
    },
    { key: 'level', title: t('field.level'), render: ({ level }) => t(`words.level.${level}`) },
    {
      key: 'doctor',
      title: t('field.doctor'),
      render: ({ doctor }) => doctor?.name ?? <span className="pb-hint">{t('header.nobody')}</span>,
    },
    { key: 'manager', title: t('field.manager'), render: ({ manager }) => manager?.name ?? '' },
    { key: 'source', title: t('field.source'), render: ({ source }) => t(`words.source.${source}`), card: 'hide' },
    {
      key: 'createdAt',
      title: t('field.createdAt'),
      render: ({ createdAt }) => <InstantText at={createdAt} />,
      card: 'hide',
    },
    {
      key: 'birthDate',
      title: t('field.birthDate'),
      render: ({ birthDate }) => <DateText date={birthDate} />,
      optional: true,
      card: 'hide',
    },
  ]
}

/** The name, how they like to be called, and that they have died: most are in care, which need not be said. */
function nameOf({ name, called, state }: PatientLine, t: T): string {
  const behind = [called, state === 'active' ? '' : t(`words.state.${state}`)].filter(Boolean)
  return behind.length > 0 ? `${name}（${behind.join('，')}）` : name
}
