import { Button } from 'antd'
import { useState } from 'react'
import {
  Card,
  DataTable,
  Empty,
  FilterBar,
  InstantText,
  Row,
  SideDrawer,
  Stack,
  Status,
  useApi,
  useApiPages,
  useT,
  type Column,
  type FilterField,
  type T,
} from '../../../platform/web/index.ts'
import { listSuppressions, type SuppressionLine } from '../contract/suppression.ts'
import { SUPPRESSION_REASONS } from '../contract/words.ts'
import { AddForm, ImportForm, LiftForm } from './suppression-forms.tsx'

/** Kept in the page and not in its address: a whole mail address does not belong into anybody's history. */
type Filter = {
  reason?: SuppressionLine['reason'] | undefined
  address?: string | undefined
  all?: boolean | undefined
}

/** 停发名单: addresses to which nothing goes, why, and until when. */
export function SuppressionsTab() {
  const t = useT('message')
  const [state, setState] = useState<Filter>({})
  const [open, setOpen] = useState<'add' | 'import'>()
  const [lifting, setLifting] = useState<SuppressionLine>()
  const { all, ...rest } = state
  const query = { ...rest, ...(all ? { state: 'all' as const } : {}) }
  const rows = useApiPages(listSuppressions, { query })
  const { data } = useApi(listSuppressions, { query: { limit: 1 } as never })
  const close = () => setOpen(undefined)
  return (
    <Stack>
      <p className="pb-hint">{t('suppressions.hint')}</p>
      {data?.can.write && (
        <Row>
          <Button type="primary" onClick={() => setOpen('add')}>
            {t('suppressions.add')}
          </Button>
          <Button onClick={() => setOpen('import')}>{t('suppressions.import')}</Button>
        </Row>
      )}
      <Card flush>
        <DataTable
          name="message-suppressions"
          label={t('rules.tab.suppressions')}
          rows={rows}
          columns={columnsOf(t, data?.can.write ? setLifting : undefined)}
          rowKey={({ id }) => id}
          rowName={({ addressMasked }) => addressMasked}
          toolbar={
            <FilterBar
              fields={filtersOf(t)}
              state={state}
              change={(changed: Filter) => setState({ ...state, ...changed })}
            />
          }
          isFiltered={Object.values(state).some(Boolean)}
          empty={<Empty title={t('suppressions.none')} hint={t('suppressions.noneHint')} />}
        />
      </Card>
      <SideDrawer title={t('suppressions.add')} open={open === 'add'} onClose={close}>
        <AddForm onClose={close} />
      </SideDrawer>
      <SideDrawer title={t('suppressions.import')} open={open === 'import'} onClose={close}>
        <ImportForm onClose={close} />
      </SideDrawer>
      <SideDrawer
        title={t('suppressions.liftTitle')}
        open={lifting !== undefined}
        onClose={() => setLifting(undefined)}
      >
        {lifting && <LiftForm key={lifting.id} line={lifting} onClose={() => setLifting(undefined)} />}
      </SideDrawer>
    </Stack>
  )
}

function filtersOf(t: T): FilterField[] {
  return [
    { kind: 'text', key: 'address', label: t('suppressions.address') },
    {
      kind: 'choice',
      key: 'reason',
      label: t('suppressions.reason'),
      options: SUPPRESSION_REASONS.map((value) => ({ value, label: t(`suppressionReason.${value}`) })),
    },
    { kind: 'flag', key: 'all', label: t('suppressions.all') },
  ]
}

function columnsOf(t: T, lift: ((line: SuppressionLine) => void) | undefined): Column<SuppressionLine>[] {
  return [
    { key: 'address', title: t('suppressions.address'), render: (line) => line.addressMasked },
    { key: 'reason', title: t('suppressions.reason'), render: (line) => reasonWords(line, t) },
    { key: 'source', title: t('suppressions.source'), render: (line) => sourceWords(line, t) },
    { key: 'since', title: t('suppressions.since'), render: (line) => <InstantText at={line.since} /> },
    {
      key: 'until',
      title: t('suppressions.until'),
      render: (line) => (line.until ? <InstantText at={line.until} /> : t('suppressions.forever')),
    },
    {
      key: 'state',
      title: t('suppressions.state'),
      card: 'aside',
      render: (line) =>
        line.state === 'standing' ? (
          <Status tone="due">{t('suppressions.standing')}</Status>
        ) : (
          <Status>{line.lifted ? t('suppressions.liftedBy', line.lifted) : t('suppressions.expired')}</Status>
        ),
    },
    ...(lift
      ? [
          {
            key: 'act',
            title: '',
            render: (line: SuppressionLine) =>
              line.state === 'lifted' ? null : (
                <Button size="small" onClick={() => lift(line)}>
                  {t('suppressions.lift')}
                </Button>
              ),
          },
        ]
      : []),
  ]
}

const reasonWords = (line: SuppressionLine, t: T) =>
  [t(`suppressionReason.${line.reason}`), line.note].filter(Boolean).join(' · ')
const sourceWords = (line: SuppressionLine, t: T) =>
  line.source === 'delivery' ? t('suppressionSource.delivery') : `${t(`suppressionSource.${line.source}`)} · ${line.by}`
