import { Loaded, Nothing, OwnPage, Rows, useOwn, useT, useWhose } from '../../../platform/patient-web/index.ts'
import { listMyReports } from '../contract/own.ts'
import { useDay } from './use-day.ts'

/** 我的报告: what was issued, newest first. */
export function ReportsPage() {
  const t = useT('health-report')
  const whose = useWhose()
  const day = useDay()
  const own = useOwn(listMyReports)
  return (
    <OwnPage title={t(whose ? 'my.listTheirs' : 'my.list')}>
      <Loaded of={own}>
        {({ reports }) =>
          reports.length === 0 ? (
            <Nothing>{t('my.empty')}</Nothing>
          ) : (
            <Rows
              label={t(whose ? 'my.listTheirs' : 'my.list')}
              rows={reports.map(({ id, title, examOn, marked, version }) => ({
                key: id,
                to: `/my/report/${id}`,
                title: `${day(examOn)} ${title}`,
                hint: [
                  marked > 0 ? t('my.markedCount', { count: marked }) : t('my.noneMarked'),
                  ...(version > 1 ? [t('my.version', { version })] : []),
                ].join(' · '),
              }))}
            />
          )
        }
      </Loaded>
    </OwnPage>
  )
}
