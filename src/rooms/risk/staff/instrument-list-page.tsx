import { z } from 'zod'
import {
  Empty,
  Facts,
  ListPage,
  ProblemAlert,
  SideDrawer,
  Stack,
  TagChip,
  useAddress,
  useApi,
  useOpened,
  useT,
  type Column,
  useShipped,
} from '../../../platform/web/index.ts'
import { BADGES, listInstruments, type InstrumentLine } from '../contract/risk.ts'
import { useBilingual } from './words.ts'

const KINDS = ['risk', 'stage', 'index', 'scale', 'nodule', 'growth'] as const
const filterSchema = z.object({
  q: z.string().optional(),
  kind: z.enum(KINDS).optional(),
  badge: z.enum(BADGES).optional(),
})

/** 评估工具: every instrument with its version, how far it was checked, and what it rests on. */
export function InstrumentListPage() {
  const t = useT('risk')
  const words = useBilingual()
  const [filter, change] = useAddress(filterSchema)
  const opened = useOpened('instrument')
  const { data, error, refetch } = useApi(listInstruments)
  const columns = useColumns()
  const options = (key: 'kind' | 'badge', values: readonly string[]) =>
    values.map((value) => ({ value, label: t(`${key}.${value}`) }))
  const rows = (data?.instruments ?? []).filter((one) => fits(one, filter))
  const chosen = data?.instruments.find(({ code }) => code === opened.id)
  return (
    <ListPage<InstrumentLine>
      title={t('nav.instruments')}
      hint={t('instruments.hint')}
      above={<ProblemAlert problem={error} onRetry={() => void refetch()} />}
      filters={{
        state: filter,
        change,
        fields: [
          { kind: 'text', key: 'q', label: t('instruments.q'), placeholder: t('instruments.q') },
          { kind: 'choice', key: 'kind', label: t('instruments.kind'), options: options('kind', KINDS) },
          { kind: 'choice', key: 'badge', label: t('instruments.badge'), options: options('badge', BADGES) },
        ],
      }}
      name="risk-instruments"
      label={t('nav.instruments')}
      rows={rows}
      columns={columns}
      rowKey={({ code }) => code}
      rowName={({ title }) => words(title)}
      onOpen={({ code }) => opened.open(code)}
      empty={data ? <Empty title={t('instruments.empty')} /> : null}
    >
      <SideDrawer title={chosen ? words(chosen.title) : ''} open={chosen !== undefined} onClose={opened.close}>
        {chosen && <InstrumentDetail instrument={chosen} />}
      </SideDrawer>
    </ListPage>
  )
}

function fits({ code, title, kind, badge }: InstrumentLine, filter: z.output<typeof filterSchema>): boolean {
  if (filter.q && !`${code} ${title.zh} ${title.en}`.toLowerCase().includes(filter.q.trim().toLowerCase())) return false
  return (!filter.kind || kind === filter.kind) && (!filter.badge || badge === filter.badge)
}

function useColumns(): Column<InstrumentLine>[] {
  const t = useT('risk')
  const words = useBilingual()
  return [
    { key: 'title', title: t('instruments.title'), render: ({ title }) => words(title) },
    { key: 'kind', title: t('instruments.kind'), widthPx: 90, render: ({ kind }) => t(`kind.${kind}`) },
    {
      key: 'badge',
      title: t('instruments.badge'),
      widthPx: 120,
      card: 'aside',
      render: ({ badge }) => <TagChip label={t(`badge.${badge}`)} tone={badge === 'verified' ? 'good' : 'due'} />,
    },
    { key: 'version', title: t('instruments.version'), widthPx: 80, render: ({ version }) => version },
    { key: 'population', title: t('instruments.population'), render: ({ population }) => words(population) },
    {
      key: 'use',
      title: t('instruments.use'),
      widthPx: 140,
      render: ({ fromRecord }) => t(fromRecord ? 'instruments.fromRecord' : 'instruments.byPeople'),
    },
    {
      key: 'release',
      title: t('instruments.release'),
      widthPx: 120,
      card: 'hide',
      render: ({ release }) => t(`instruments.${release}`),
    },
  ]
}

function InstrumentDetail({ instrument }: { instrument: InstrumentLine }) {
  const t = useT('risk')
  const shipped = useShipped()
  const words = useBilingual()
  const { badge, stance, licence, sources, unconfirmed } = instrument
  return (
    <Stack>
      <p>{words(instrument.about)}</p>
      <Facts
        items={[
          [t('instruments.code'), instrument.code],
          [t('instruments.version'), instrument.version],
          [t('instruments.badge'), `${t(`badge.${badge}`)} · ${t(`badge.${badge}Hint`)}`],
          [t('instruments.checked'), instrument.checkedOn],
          [t('instruments.population'), words(instrument.population)],
          [t('instruments.release'), t(`instruments.${instrument.release}`)],
          [t('instruments.licence'), `${t(`instruments.${stance}`)} · ${shipped(licence)}`],
          [t('instruments.unconfirmed'), unconfirmed && words(unconfirmed)],
        ]}
      />
      <h3>{t('instruments.sources')}</h3>
      <ul>
        {sources.map((source) => (
          <li key={source}>{shipped(source)}</li>
        ))}
      </ul>
    </Stack>
  )
}
