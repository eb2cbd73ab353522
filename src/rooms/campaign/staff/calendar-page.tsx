import { Button } from 'antd'
import { z } from 'zod'
import {
  Empty,
  Go,
  ListPage,
  RelativeDay,
  Stack,
  Status,
  useAddress,
  useApiPages,
  useCan,
  useGo,
  useT,
  type Column,
  type FilterField,
  type PagesResult,
} from '../../../platform/web/index.ts'
import { DAY_KINDS, readCalendar, type CalendarLine } from '../contract/calendar.ts'
import { stateOf, TONES, useLang } from './words.ts'

const schema = z.object({ kind: z.enum(DAY_KINDS).optional() })

/** 健康日历: the days of the coming year, what is planned for each, and a draft for a day that wants one (S3-21). */
export function CalendarPage() {
  const t = useT('campaign')
  const lang = useLang()
  const go = useGo()
  const [filter, change] = useAddress(schema)
  const mayWrite = useCan('campaign.write')
  const rows = useApiPages(readCalendar, { query: filter }) as unknown as PagesResult<CalendarLine>
  const fields: FilterField[] = [
    {
      kind: 'choice',
      key: 'kind',
      label: t('calendar.kind'),
      options: DAY_KINDS.map((value) => ({ value, label: t(`calendar.kind_${value}`) })),
    },
  ]
  const columns: Column<CalendarLine>[] = [
    { key: 'name', title: t('calendar.day'), render: ({ name }) => name[lang] },
    { key: 'next', title: t('calendar.next'), card: 'aside', render: ({ next }) => <RelativeDay date={next} /> },
    { key: 'kind', title: t('calendar.kind'), render: ({ kind }) => t(`calendar.kind_${kind}`), widthPx: 110 },
    {
      key: 'care',
      title: t('calendar.care'),
      render: ({ generalOnly, mourning }) =>
        generalOnly ? t('calendar.generalOnly') : mourning ? t('calendar.mourning') : null,
    },
    {
      key: 'campaigns',
      title: t('calendar.planned'),
      render: ({ campaigns }) =>
        campaigns.length > 0 ? (
          <Stack tight>
            {campaigns.map((one) => (
              <span key={one.id}>
                <Go to={`/campaigns/${one.id}`}>{one.name[lang]}</Go>{' '}
                <Status tone={TONES[stateOf(one)] ?? 'plain'}>{t(`state.${stateOf(one)}`)}</Status>
              </span>
            ))}
          </Stack>
        ) : null,
    },
    {
      key: 'draft',
      title: t('calendar.act'),
      widthPx: 110,
      render: ({ code, name, campaigns }) =>
        mayWrite && campaigns.length === 0 ? (
          <Button
            size="small"
            aria-label={t('calendar.draftFor', { day: name[lang] })}
            onClick={() => go(`/campaigns/new?day=${code}`)}
          >
            {t('calendar.draft')}
          </Button>
        ) : null,
    },
  ]
  return (
    <ListPage<CalendarLine>
      title={t('calendar.title')}
      hint={t('calendar.hint')}
      breadcrumbs={[{ label: t('nav.campaigns'), to: '/campaigns' }]}
      name="campaign-calendar"
      label={t('calendar.title')}
      filters={{ fields, state: filter, change: change as never }}
      rows={rows}
      columns={columns}
      rowKey={({ code }) => code}
      rowName={({ name }) => name[lang]}
      empty={<Empty title={t('calendar.none')} />}
    />
  )
}
