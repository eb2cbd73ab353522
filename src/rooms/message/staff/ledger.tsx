import { z } from 'zod'
import {
  Card,
  DataTable,
  Empty,
  Figures,
  FilterBar,
  InstantText,
  Stack,
  flag,
  listOf,
  useAddress,
  useApi,
  useApiPages,
  useOpened,
  useT,
  type Column,
  type FilterField,
  type RowOf,
  type T,
} from '../../../platform/web/index.ts'
import { listMessages, summarizeMessages } from '../contract/message.ts'
import { channel, CHANNELS, messageState, MESSAGE_STATES } from '../contract/words.ts'
import { MessageDrawer } from './message-drawer.tsx'
import { MessageStateText } from './message-words.tsx'

type Line = RowOf<typeof listMessages>

const address = z.object({
  state: listOf(messageState),
  channel: channel.optional(),
  template: z.string().optional(),
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  doubled: flag(),
})

/** The ledger: who was told what, by which way, and what became of it. */
export function Ledger() {
  const t = useT('message')
  const [state, change] = useAddress(address)
  const opened = useOpened('message')
  const { state: states, doubled, ...rest } = state
  const rows = useApiPages(listMessages, {
    query: { ...rest, ...(states ? { state: states.join(',') } : {}), ...(doubled ? { doubled: 'true' } : {}) },
  })
  return (
    <Stack>
      <Summary t={t} />
      <Card flush>
        <DataTable
          name="messages"
          label={t('page.ledger')}
          rows={rows}
          columns={columnsOf(t)}
          rowKey={({ id }) => id}
          rowName={({ patientName, templateName }) => `${patientName} ${templateName}`}
          onOpen={({ id }) => opened.open(id)}
          toolbar={<Filters state={state} change={change} t={t} />}
          isFiltered={Object.values(state).some(Boolean)}
          empty={<Empty title={t('empty.ledger')} hint={t('empty.ledgerHint')} />}
        />
      </Card>
      <MessageDrawer messageId={opened.id} onClose={opened.close} />
    </Stack>
  )
}

export function columnsOf(t: T, ofPatient = false): Column<Line>[] {
  const template: Column<Line> = { key: 'template', title: t('column.template'), render: (line) => line.templateName }
  const patient: Column<Line> = { key: 'patient', title: t('column.patient'), render: (line) => line.patientName }
  return [
    ...(ofPatient ? [template] : [patient, template]),
    {
      key: 'state',
      title: t('column.state'),
      render: (line) => <MessageStateText line={line} t={t} />,
      card: 'aside',
    },
    {
      key: 'channel',
      title: t('column.channel'),
      render: (line) => (
        <>
          {t(`channel.${line.channel}`)}
          {line.toMasked && <span className="pb-hint"> {line.toMasked}</span>}
          {line.toRelative && <span className="pb-hint"> {t('toRelative')}</span>}
        </>
      ),
    },
    {
      key: 'at',
      title: t('column.at'),
      render: (line) => <InstantText at={line.sentAt ?? line.nextAt ?? line.createdAt} />,
      widthPx: 160,
    },
    { key: 'created', title: t('copy.planned'), render: (line) => <InstantText at={line.createdAt} />, optional: true },
    {
      key: 'doubles',
      title: t('column.doubles'),
      number: true,
      render: (line) => (line.possibleDoubles > 0 ? line.possibleDoubles : ''),
      optional: true,
    },
  ]
}

function Filters({ state, change, t }: { state: z.output<typeof address>; change: (change: never) => void; t: T }) {
  const { data } = useApi(summarizeMessages)
  const fields: FilterField[] = [
    {
      kind: 'choice',
      key: 'state',
      label: t('column.state'),
      multiple: true,
      options: MESSAGE_STATES.map((value) => ({ value, label: t(`state.${value}`) })),
    },
    {
      kind: 'choice',
      key: 'channel',
      label: t('column.channel'),
      options: CHANNELS.map((value) => ({ value, label: t(`channel.${value}`) })),
    },
    {
      kind: 'choice',
      key: 'template',
      label: t('column.template'),
      options: (data?.templates ?? []).map(({ code, name }) => ({ value: code, label: name })),
    },
    { kind: 'dates', from: 'from', to: 'to', label: t('filter.from') },
    { kind: 'flag', key: 'doubled', label: t('filter.doubled') },
  ]
  return <FilterBar fields={fields} state={state} change={change} />
}

function Summary({ t }: { t: T }) {
  const { data } = useApi(summarizeMessages)
  if (!data) return null
  const figure = (key: 'sent' | 'waiting' | 'failed' | 'held', states: string) => ({
    key,
    label: t(`figure.${key}`),
    value: data[key] >= 10_000 ? '10,000+' : data[key],
    to: `/messages?state=${states}`,
    ...(key === 'failed' && data.failed > 0 ? { tone: 'danger' as const } : {}),
  })
  return (
    <Figures
      items={[
        figure('sent', 'accepted'),
        figure('waiting', 'planned,claimed,deferred'),
        figure('failed', 'failed'),
        figure('held', 'suppressed,blocked,expired,cancelled'),
        {
          key: 'doubles',
          label: t('figure.doubles'),
          value: data.possibleDoubles,
          to: '/messages?doubled=true',
          ...(data.possibleDoubles > 0 ? { tone: 'due' as const } : {}),
        },
      ]}
    />
  )
}
