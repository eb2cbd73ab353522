import { Button, Input, Segmented } from 'antd'
import { z } from 'zod'
import {
  Columns,
  Empty,
  Loading,
  Page,
  ProblemAlert,
  Row,
  Stack,
  useAddress,
  useApi,
  useOpened,
  useT,
} from '../../../platform/web/index.ts'
import { listMedia } from '../contract/items.ts'
import { KINDS } from '../contract/words.ts'
import { findCards } from './find-cards.ts'
import { LibraryCard } from './library-card.tsx'
import { MediaDrawer } from './media-drawer.tsx'

const filter = z.object({
  q: z.string().optional(),
  kind: z.enum(KINDS).optional(),
  show: z.enum(['renew', 'drafts']).optional(),
})

/** 图解: all cards by their pictures; what wants renewing first; drafted by one, published by another. */
export function LibraryPage() {
  const t = useT('media')
  const [state, change] = useAddress(filter)
  const opened = useOpened('card')
  const { data, error, refetch } = useApi(listMedia, {})
  const rows = findCards(data?.rows ?? [], state.q ?? '').filter(
    (row) =>
      (!state.kind || row.kind === state.kind) &&
      (state.show !== 'renew' || row.expired || row.expiresSoon) &&
      (state.show !== 'drafts' || row.state === 'draft'),
  )
  return (
    <Page
      title={t('nav.library')}
      hint={t('library.hint')}
      actions={
        data?.can.write && (
          <Button type="primary" onClick={() => opened.open('new')}>
            {t('library.new')}
          </Button>
        )
      }
    >
      <Stack>
        <Row>
          <Input
            style={{ maxWidth: 280 }}
            placeholder={t('library.search')}
            aria-label={t('library.search')}
            defaultValue={state.q}
            onChange={({ target }) => change({ q: target.value || undefined })}
          />
          <Segmented
            aria-label={t('library.kind')}
            value={state.kind ?? 'all'}
            onChange={(value) => change({ kind: value === 'all' ? undefined : (value as never) })}
            options={[
              { value: 'all', label: t('library.all') },
              ...KINDS.map((value) => ({ value, label: t(`kind.${value}`) })),
            ]}
          />
          <Segmented
            aria-label={t('library.show')}
            value={state.show ?? 'all'}
            onChange={(value) => change({ show: value === 'all' ? undefined : (value as never) })}
            options={(['all', 'renew', 'drafts'] as const).map((value) => ({
              value,
              label: t(`library.show_${value}`),
            }))}
          />
          <span className="pb-hint" role="status">
            {data && t('library.count', { count: rows.length })}
          </span>
        </Row>
        <ProblemAlert problem={error} onRetry={() => void refetch()} />
        {!data && !error && <Loading lines={6} />}
        {data && rows.length === 0 && <Empty title={t('library.empty')} hint={t('library.emptyHint')} />}
        <Columns minPx={230}>
          {rows.map((row) => (
            <LibraryCard key={`${row.code}.${row.version}`} card={row} onOpen={opened.open} />
          ))}
        </Columns>
      </Stack>
      <MediaDrawer opened={opened.id} onClose={opened.close} />
    </Page>
  )
}
