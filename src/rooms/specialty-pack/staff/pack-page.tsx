import { Button } from 'antd'
import { useState } from 'react'
import {
  Card,
  DateText,
  Facts,
  InstantText,
  Loading,
  Page,
  ProblemAlert,
  Stack,
  useApi,
  usePathParam,
  useT,
  useShipped,
} from '../../../platform/web/index.ts'
import { readPack, type PackView } from '../contract/specialty-pack.ts'
import { InstallDrawer } from './install-drawer.tsx'
import { State } from './pack-list-page.tsx'
import { PartList } from './part-list.tsx'
import { RemoveDrawer } from './remove-drawer.tsx'
import { UpdateCard } from './update-card.tsx'
import { useSaid } from './words.ts'

/** One pack: where it is in use, what it holds and how that stands here, what is under way, who decided what. */
export function PackPage() {
  const t = useT('specialty-pack')
  const said = useSaid()
  const code = usePathParam('code')
  const { data, error, refetch } = useApi(readPack, { params: { code } })
  const [open, setOpen] = useState<'install' | 'remove'>()
  const breadcrumbs = [{ label: t('nav.packs'), to: '/specialty-packs' }]
  if (error)
    return (
      <Page title={t('nav.pack')} breadcrumbs={breadcrumbs}>
        <ProblemAlert problem={error} onRetry={() => void refetch()} />
      </Page>
    )
  if (!data)
    return (
      <Page title={t('nav.pack')} breadcrumbs={breadcrumbs}>
        <Loading lines={6} />
      </Page>
    )
  const close = () => setOpen(undefined)
  return (
    <Page
      title={said(data.title)}
      hint={said(data.about)}
      breadcrumbs={breadcrumbs}
      actions={
        <>
          {data.can.remove && <Button onClick={() => setOpen('remove')}>{t('act.remove')}</Button>}
          {data.can.install && (
            <Button type="primary" onClick={() => setOpen('install')}>
              {t(data.departments.length > 0 ? 'act.extend' : 'act.install')}
            </Button>
          )}
        </>
      }
    >
      <Stack>
        <Overview pack={data} />
        {data.hasUpdate && <UpdateCard pack={data} />}
        {data.atWork.length > 0 && <AtWork pack={data} />}
        <PartList pack={data} />
        {data.notYet.length > 0 && (
          <Card title={t('page.notYet')}>
            <ul className="pb-reach">
              {data.notYet.map((line) => (
                <li key={line.zh}>{said(line)}</li>
              ))}
            </ul>
          </Card>
        )}
        <Events pack={data} />
      </Stack>
      {open === 'install' && <InstallDrawer pack={data} onClose={close} />}
      {open === 'remove' && <RemoveDrawer pack={data} onClose={close} />}
    </Page>
  )
}

function Overview({ pack }: { pack: PackView }) {
  const t = useT('specialty-pack')
  const shipped = useShipped()
  const said = useSaid()
  return (
    <Card title={t('page.overview')} extra={<State pack={pack} />}>
      <Stack>
        <Facts
          items={[
            [t('field.departments'), pack.departments.map(({ name }) => name).join(t('comma')) || t('page.nowhere')],
            [t('field.meantFor'), said(pack.forDepartments)],
            [t('field.version'), t('page.version', { version: pack.installedVersion ?? pack.version })],
            [t('field.reviewer'), pack.reviewer ?? t('unreviewed')],
            [t('field.licence'), shipped(pack.licence)],
          ]}
        />
        <p>
          <span className="pb-hint">{t('field.source')}</span> {shipped(pack.source)}
        </p>
        {pack.waiting > 0 && <p className="pb-due">{t('page.waiting', { count: pack.waiting })}</p>}
      </Stack>
    </Card>
  )
}

function AtWork({ pack }: { pack: PackView }) {
  const t = useT('specialty-pack')
  const said = useSaid()
  return (
    <Card title={t('page.atWork')}>
      <Stack tight>
        {pack.installedVersion === null && <p>{t('page.endingHint')}</p>}
        {pack.atWork.map((one) => (
          <p key={`${one.kind} ${one.code}`}>
            {said(one.name)}{' '}
            <span className="pb-hint">
              {t(`work.${one.kind}`, { count: one.people, visits: one.openVisits, answers: one.answers })}
              {one.nextDueOn && (
                <>
                  {' · '}
                  {t('work.next')} <DateText date={one.nextDueOn} />
                </>
              )}
            </span>
          </p>
        ))}
      </Stack>
    </Card>
  )
}

function Events({ pack }: { pack: PackView }) {
  const t = useT('specialty-pack')
  if (pack.events.length === 0) return null
  return (
    <Card title={t('page.events')}>
      <Stack tight>
        {pack.events.map((event) => (
          <p key={event.id}>
            <InstantText at={event.at} /> {event.by} {t(`event.${event.kind}`, { version: event.version })}{' '}
            <span className="pb-hint">
              {event.departments.length > 0
                ? t('event.departments', { departments: event.departments.join(t('comma')) })
                : t('page.nowhere')}
              {Object.entries(event.counts).map(([what, count]) => ` · ${t(`count.${what}`, { count })}`)}
            </span>
          </p>
        ))}
      </Stack>
    </Card>
  )
}
