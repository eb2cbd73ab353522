import { Button } from 'antd'
import { useState } from 'react'
import { z } from 'zod'
import { addDays, instantAt } from '../../../platform/clock.ts'
import { Card, type Column, DataTable, download, Empty, FilterBar, type FilterField, ProblemAlert, type RowOf, Status, type Tone, useAddress, useApi, useApiPages, useOpened, useT, useTimeZone, useToday } from '../../../platform/web/index.ts'
import { listDirectory } from '../../staff/contract/staff.ts'
import { exportAudit, listActions, outcome, searchAudit } from '../contract/audit.ts'
import { actionWords } from './action-words.ts'
import { EntryDrawer } from './entry-drawer.tsx'
import { ExactTime } from './exact-time.tsx'

type Entry = RowOf<typeof searchAudit>
export const OUTCOME_TONES: Record<z.output<typeof outcome>, Tone> = { done: 'good', denied: 'danger', refused: 'due' }

const address = z.object({
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  actorId: z.string().optional(),
  action: z.string().optional(),
  outcome: outcome.optional(),
  patientId: z.string().optional(),
  text: z.string().optional(),
})
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Entries newest first, by whatever one knows: when, who, what, whose file, how it ended. */
export function AuditSearch() {
  const t = useT('audit')
  const timeZone = useTimeZone()
  const [state, change] = useAddress(address)
  const opened = useOpened('entry')
  const { from, to, patientId, text, ...rest } = state
  const filter = {
    ...rest,
    ...(from ? { from: instantAt(from, 0, timeZone).toISOString() } : {}),
    ...(to ? { until: instantAt(addDays(to, 1), 0, timeZone).toISOString() } : {}),
    // Half a number finds nothing; the server takes whole ones only.
    ...(patientId && UUID.test(patientId) ? { patientId } : {}),
    ...(text && text.length > 1 ? { text } : {}),
  }
  const rows = useApiPages(searchAudit, { query: filter })
  const columns: Column<Entry>[] = [
    { key: 'at', title: t('entry.at'), render: ({ at }) => <ExactTime at={at} />, widthPx: 180 },
    { key: 'outcome', title: t('entry.outcome'), render: (entry) => <Status tone={OUTCOME_TONES[entry.outcome]}>{t(`outcome.${entry.outcome}`)}</Status>, card: 'aside' },
    { key: 'actor', title: t('entry.actor'), render: (entry) => <ActorName entry={entry} /> },
    { key: 'action', title: t('entry.action'), render: ({ action }) => actionWords(t, action) },
    { key: 'patient', title: t('entry.patient'), render: ({ patientId }) => patientId && <ShortId id={patientId} /> },
    { key: 'address', title: t('entry.address'), render: (entry) => <span className="pb-number">{entry.address}</span> },
  ]
  return (
    <Card flush>
      <DataTable
        name="audit"
        label={t('page.title')}
        rows={rows}
        columns={columns}
        rowKey={({ id }) => id}
        rowName={({ actorName, action }) => `${actorName} ${actionWords(t, action)}`}
        onOpen={({ id }) => opened.open(id)}
        toolbar={<Filters state={state} change={change} filter={filter} />}
        isFiltered={Object.values(state).some(Boolean)}
        empty={<Empty title={t('empty')} />}
      />
      <EntryDrawer entryId={opened.id} onClose={opened.close} />
    </Card>
  )
}

type Filter = { from?: string; until?: string }

function Filters({ state, change, filter }: { state: z.output<typeof address>; change: (change: never) => void; filter: Filter & object }) {
  const t = useT('audit')
  const actions = useApi(listActions)
  const directory = useApi(listDirectory, { query: { limit: 500 } })
  const fields: FilterField[] = [
    { kind: 'text', key: 'text', label: t('filter.text') },
    { kind: 'dates', from: 'from', to: 'to', label: t('entry.at') },
    { kind: 'choice', key: 'actorId', label: t('entry.actor'), options: (directory.data?.staff ?? []).map(({ id, name }) => ({ value: id, label: name })) },
    { kind: 'choice', key: 'action', label: t('entry.action'), options: (actions.data?.actions ?? []).map((action) => ({ value: action, label: actionWords(t, action) })) },
    { kind: 'choice', key: 'outcome', label: t('entry.outcome'), options: outcome.options.map((value) => ({ value, label: t(`outcome.${value}`) })) },
    { kind: 'text', key: 'patientId', label: t('filter.patient') },
  ]
  return (
    <>
      <FilterBar fields={fields} state={state} change={change} />
      <ExportButton filter={filter} />
    </>
  )
}

/** Exports what the filters show; without a span, the last thirty days. */
function ExportButton({ filter }: { filter: Filter }) {
  const t = useT('audit')
  const today = useToday()
  const timeZone = useTimeZone()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Error>()
  const run = async () => {
    setBusy(true)
    setProblem(undefined)
    const until = filter.until ?? instantAt(addDays(today, 1), 0, timeZone).toISOString()
    const from = filter.from ?? instantAt(addDays(today, -29), 0, timeZone).toISOString()
    await download(exportAudit, { query: { ...filter, from, until } }).catch((error: Error) => setProblem(error))
    setBusy(false)
  }
  return (
    <>
      <Button loading={busy} onClick={() => void run()}>
        {t(filter.from || filter.until ? 'export.filtered' : 'export.month')}
      </Button>
      <ProblemAlert problem={problem} />
    </>
  )
}

export function ActorName({ entry: { actorName, actorKind } }: { entry: Pick<Entry, 'actorName' | 'actorKind'> }) {
  const t = useT('audit')
  if (actorKind === 'staff') return <>{actorName}</>
  return (
    <>
      {actorName} <span className="pb-hint">{t(`kind.${actorKind}`)}</span>
    </>
  )
}

/** The end of a number is what tells two of the same day apart. */
function ShortId({ id }: { id: string }) {
  return (
    <span className="pb-number" title={id}>
      …{id.slice(-8)}
    </span>
  )
}
