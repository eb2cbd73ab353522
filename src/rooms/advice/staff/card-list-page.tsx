import { Button, Segmented } from 'antd'
import { z } from 'zod'
import {
  Card,
  DataTable,
  DateText,
  Empty,
  InstantText,
  Page,
  Row,
  Stack,
  Status,
  useAddress,
  useApiPages,
  useCan,
  useOpened,
  useT,
  type Column,
  type PagesResult,
  type T,
  type Tone,
  useShipped,
} from '../../../platform/web/index.ts'
import { listCards, SHOWN, type CardSummary } from '../contract/cards.ts'
import { KINDS } from '../contract/words.ts'
import { CardDrawer } from './card-drawer.tsx'
import { useBilingual } from './words.ts'

const filter = z.object({ kind: z.enum(KINDS).optional(), show: z.enum(SHOWN).optional() })

/** 建议卡片: all cards, those that want renewing first; drafted by one, published by another. */
export function CardListPage() {
  const t = useT('advice')
  const shipped = useShipped()
  const [state, change] = useAddress(filter)
  const opened = useOpened('card')
  const mayWrite = useCan('advice.content.write')
  const rows = useApiPages(listCards, { query: state }) as unknown as PagesResult<CardSummary>
  const words = useBilingual()
  return (
    <Page
      title={t('nav.cards')}
      hint={t('cards.hint')}
      actions={
        mayWrite && (
          <Button type="primary" onClick={() => opened.open('new')}>
            {t('cards.new')}
          </Button>
        )
      }
    >
      <Stack>
        <Row>
          <Segmented
            aria-label={t('cards.kind')}
            value={state.kind ?? 'all'}
            onChange={(value) => change({ kind: value === 'all' ? undefined : (value as never) })}
            options={[
              { value: 'all', label: t('cards.all') },
              ...KINDS.map((value) => ({ value, label: t(`kind.${value}`) })),
            ]}
          />
          <Segmented
            aria-label={t('cards.show')}
            value={state.show ?? 'all'}
            onChange={(value) => change({ show: value === 'all' ? undefined : (value as never) })}
            options={(['all', ...SHOWN] as const).map((value) => ({ value, label: t(`cards.show_${value}`) }))}
          />
        </Row>
        <Card flush>
          <DataTable<CardSummary>
            name="advice-cards"
            label={t('nav.cards')}
            rows={rows}
            columns={columnsOf(t, words, shipped)}
            rowKey={keyOf}
            rowName={(row) => words(row.title)}
            onOpen={(row) => opened.open(keyOf(row))}
            empty={<Empty title={t('cards.empty')} hint={t('cards.emptyHint')} />}
          />
        </Card>
      </Stack>
      <CardDrawer opened={opened.id} onClose={opened.close} />
    </Page>
  )
}

const keyOf = ({ code, version }: CardSummary) => `${code}.${version}`

export function stateTone({ state, expired, expiresSoon }: CardSummary): Tone {
  if (expired) return 'danger'
  if (expiresSoon || state === 'draft') return 'due'
  return state === 'active' ? 'good' : 'plain'
}

export function stateWords(t: T, { state, expired, expiresSoon }: CardSummary): string {
  if (expired) return t('cardState.expired')
  return t(expiresSoon ? 'cardState.expiresSoon' : `cardState.${state}`)
}

function columnsOf(
  t: T,
  words: (text: { zh: string; en: string }) => string,
  shipped: (text: string) => string,
): Column<CardSummary>[] {
  return [
    { key: 'title', title: t('cards.title'), render: (row) => words(row.title) },
    {
      key: 'kind',
      title: t('cards.kind'),
      render: ({ kind, form }) => (form ? `${t(`kind.${kind}`)} · ${t(`form.${form}`)}` : t(`kind.${kind}`)),
    },
    {
      key: 'state',
      title: t('cards.state'),
      render: (row) => <Status tone={stateTone(row)}>{stateWords(t, row)}</Status>,
      card: 'aside',
    },
    {
      key: 'expires',
      title: t('card.expiresOn'),
      widthPx: 120,
      render: ({ expiresOn }) => <DateText date={expiresOn} />,
    },
    { key: 'source', title: t('card.source'), render: ({ source }) => shipped(source), card: 'hide' },
    {
      key: 'reviewer',
      title: t('card.reviewer'),
      render: ({ reviewer }) => reviewer ?? t('card.reviewerOpen'),
      card: 'hide',
    },
    {
      key: 'changed',
      title: t('cards.changed'),
      render: ({ changedBy, changedAt }) => (
        <>
          {changedBy} <InstantText at={changedAt} />
        </>
      ),
      card: 'hide',
    },
  ]
}
