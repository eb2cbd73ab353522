import { Button, Segmented } from 'antd'
import { useMemo } from 'react'
import { z } from 'zod'
import {
  Card,
  DataTable,
  Empty,
  InstantText,
  Status,
  useAction,
  useAddress,
  useApiPages,
  useCan,
  useOpened,
  useSay,
  useT,
  type Column,
  type PagesResult,
  type T,
} from '../../../platform/web/index.ts'
import { listMessages, retryFailed, type MessageRow } from '../contract/overview.ts'
import { MessageDrawer } from './message-drawer.tsx'
import { STATE_TONES } from './state-tones.ts'

const SHOWN = {
  troubled: 'failed,refused,set-aside',
  failed: 'failed',
  refused: 'refused',
  aside: 'set-aside',
  all: '',
} as const
const addressSchema = z.object({
  shown: z.enum(['troubled', 'failed', 'refused', 'aside', 'all']).default('troubled'),
  source: z.string().optional(),
})

/** 出错与搁置: what could not be taken, with its reason; the original for whoever may read results. */
export function TroublesTab() {
  const t = useT('report-intake')
  const say = useSay()
  const [{ shown, source }, change] = useAddress(addressSchema)
  const opened = useOpened('message')
  const mayOpen = useCan('record.read')
  const mayRetry = useCan('intake.match')
  const query = { ...(SHOWN[shown] ? { state: SHOWN[shown] as never } : {}), ...(source ? { source } : {}) }
  const rows = useApiPages(listMessages, { query }, { everyMs: 15_000 }) as unknown as PagesResult<MessageRow>
  const again = useAction(retryFailed, {
    invalidates: [listMessages],
    onDone: ({ count }) => say.done(t('message.retriedAll', { count })),
  })
  const columns = useMemo(() => columnsOf(t), [t])
  return (
    <Card flush>
      <DataTable<MessageRow>
        name="intake-messages"
        label={t('tab.troubles')}
        rows={rows}
        columns={columns}
        rowKey={({ id }) => id}
        rowName={({ source: from, controlId }) => `${from} ${controlId}`}
        onOpen={({ id }) => (mayOpen ? opened.open(id) : say.done(t('message.notYours')))}
        isFiltered={source !== undefined}
        toolbar={
          <>
            <Segmented
              aria-label={t('message.which')}
              value={shown}
              onChange={(value) => change({ shown: value === 'troubled' ? undefined : value })}
              options={(Object.keys(SHOWN) as (keyof typeof SHOWN)[]).map((value) => ({
                value,
                label: t(`message.shown.${value}`),
              }))}
            />
            {source && (
              <Button size="small" onClick={() => change({ source: undefined })}>
                {t('message.allSources', { source })}
              </Button>
            )}
            {mayRetry && shown === 'failed' && (
              <Button size="small" loading={again.isPending} onClick={() => again.mutate({})}>
                {t('message.retryAll')}
              </Button>
            )}
          </>
        }
        empty={<Empty title={t('message.empty')} hint={t('message.emptyHint')} />}
      />
      <MessageDrawer messageId={opened.id} onClose={opened.close} />
    </Card>
  )
}

function columnsOf(t: T): Column<MessageRow>[] {
  return [
    { key: 'source', title: t('overview.source'), render: ({ source }) => source || '—' },
    {
      key: 'state',
      title: t('message.state'),
      render: ({ state }) => <Status tone={STATE_TONES[state]}>{t(`state.${state}`)}</Status>,
      card: 'aside',
    },
    { key: 'why', title: t('message.why'), render: (row) => row.text || (row.reason ? t(`reason.${row.reason}`) : '') },
    {
      key: 'type',
      title: t('message.type'),
      render: ({ messageType, channel }) => messageType || t(`channel.${channel}`),
    },
    {
      key: 'id',
      title: t('message.controlId'),
      render: ({ controlId }) => <span className="pb-number">{controlId}</span>,
      optional: true,
    },
    { key: 'answer', title: t('message.answer'), render: ({ answer }) => answer },
    { key: 'at', title: t('message.at'), render: ({ receivedAt }) => <InstantText at={receivedAt} /> },
  ]
}
