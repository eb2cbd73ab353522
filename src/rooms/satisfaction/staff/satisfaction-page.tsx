import { Alert, Button } from 'antd'
import { z } from 'zod'
import { addDays } from '../../../platform/clock.ts'
import {
  Card,
  DateInput,
  Empty,
  Loading,
  Page,
  ProblemAlert,
  Row,
  SideDrawer,
  Stack,
  useAddress,
  useApi,
  useT,
  useToday,
} from '../../../platform/web/index.ts'
import { getSatisfaction, type SatisfactionFigures } from '../contract/satisfaction.ts'
import { FIGURES, LEFT_OUT, type FigureCode, type LeftOut } from '../contract/words.ts'
import { Departments } from './departments.tsx'
import { FigureRows } from './figure-rows.tsx'
import { RulesDrawer } from './rules-drawer.tsx'
import { Scores } from './scores.tsx'
import './satisfaction.css'
import { ShareBasis, ShareText } from './share-text.tsx'

const schema = z.object({
  from: z.iso.date().optional(),
  until: z.iso.date().optional(),
  figure: z.enum(FIGURES).optional(),
  score: z.coerce.number().int().min(1).max(5).optional(),
  reason: z.enum(LEFT_OUT).optional(),
  department: z.string().optional(),
  rules: z.literal('open').optional(),
})

/** What a click on a number opens. */
export interface Opening {
  figure: FigureCode
  score?: number
  reason?: LeftOut
  department?: string
}
export type Open = (opening: Opening) => void

/** 满意度: how people found their visits, how many said so, and what stands behind each number. */
export function SatisfactionPage() {
  const t = useT('satisfaction')
  const today = useToday()
  const [address, change] = useAddress(schema)
  const span = { from: address.from ?? addDays(today, -89), until: address.until ?? today }
  const { data, error, refetch } = useApi(getSatisfaction, { query: span })
  const open: Open = (opening) => change({ ...CLOSED, ...opening }, { push: true })
  const setUp = () => change({ rules: 'open' }, { push: true })
  return (
    <Page
      title={t('nav.satisfaction')}
      hint={t('page.hint')}
      actions={data?.can.rules && <Button onClick={setUp}>{t('page.rules')}</Button>}
    >
      <Stack>
        <Row>
          <label className="sf-field">
            {t('page.from')}
            <DateInput value={span.from} onChange={(from) => change({ from })} />
          </label>
          <label className="sf-field">
            {t('page.until')}
            <DateInput value={span.until} onChange={(until) => change({ until })} />
          </label>
        </Row>
        {error && <ProblemAlert problem={error} onRetry={() => void refetch()} />}
        {!data && !error && <Loading lines={8} />}
        {data && !data.on && (
          <Alert
            type="info"
            showIcon
            title={t('page.off')}
            description={t('page.offHint')}
            action={data.can.rules && <Button onClick={setUp}>{t('page.turnOn')}</Button>}
          />
        )}
        {data && <Shown figures={data} open={open} />}
      </Stack>
      <SideDrawer
        title={address.figure ? t(`figure.${address.figure}`) : ''}
        open={address.figure !== undefined}
        onClose={() => change(CLOSED)}
        widthPx={760}
      >
        {address.figure && (
          <FigureRows
            opening={{
              figure: address.figure,
              ...(address.score ? { score: address.score } : {}),
              ...(address.reason ? { reason: address.reason } : {}),
              ...(address.department !== undefined ? { department: address.department } : {}),
            }}
            span={span}
            mayRead={data?.can.words ?? false}
          />
        )}
      </SideDrawer>
      <RulesDrawer open={address.rules === 'open'} onClose={() => change({ rules: undefined })} />
    </Page>
  )
}

const CLOSED = { figure: undefined, score: undefined, reason: undefined, department: undefined }

function Shown({ figures, open }: { figures: SatisfactionFigures; open: Open }) {
  const t = useT('satisfaction')
  const { all, leftOut } = figures
  if (all.n === 0 && all.response.n === 0 && leftOut.length === 0)
    return <Empty title={t('page.empty')} hint={t('page.emptyHint')} />
  return (
    <>
      <div className="sf-figures">
        <section className="pb-card" aria-label={t('page.good')}>
          <h2>{t('page.good')}</h2>
          <p className="sf-value">
            <ShareText share={all.good} />
          </p>
          <ShareBasis share={all.good} />
          <p className="pb-hint">{t('page.goodHint')}</p>
          <OpenRows count={all.good.count} onOpen={() => open({ figure: 'good' })} />
        </section>
        <section className="pb-card" aria-label={t('page.mean')}>
          <h2>{t('page.mean')}</h2>
          <p className="sf-value pb-number">{all.mean === null ? '–' : all.mean.toFixed(2)}</p>
          <p className="pb-hint">{all.mean === null ? t('page.small') : t('page.meanOf', { n: all.n })}</p>
          <p className="pb-hint">{t('page.meanHint')}</p>
          <OpenRows count={all.n} onOpen={() => open({ figure: 'answered' })} />
        </section>
        <section className="pb-card" aria-label={t('page.response')}>
          <h2>{t('page.response')}</h2>
          <p className="sf-value">
            <ShareText share={all.response} />
          </p>
          <ShareBasis share={all.response} />
          <p className="pb-hint">{t('page.responseHint')}</p>
          <OpenRows count={all.response.n} onOpen={() => open({ figure: 'asked' })} />
        </section>
        <section className="pb-card" aria-label={t('page.low')}>
          <h2>{t('page.low')}</h2>
          <p className="sf-value pb-number">{all.complaints}</p>
          <p className="pb-hint">{t('page.lowHint')}</p>
          <OpenRows count={all.complaints} onOpen={() => open({ figure: 'complaints' })} />
        </section>
      </div>
      <Scores figure={all} open={open} />
      <Departments figures={figures} open={open} />
      {leftOut.length > 0 && (
        <Card title={t('page.leftOut')}>
          <p className="pb-hint">{t('page.leftOutHint')}</p>
          <Row>
            {leftOut.map(({ reason, n }) => (
              <Button key={reason} onClick={() => open({ figure: 'left-out', reason })}>
                {t(`reason.${reason}`)} <span className="pb-number">{n}</span>
              </Button>
            ))}
          </Row>
        </Card>
      )}
    </>
  )
}

function OpenRows({ count, onOpen }: { count: number; onOpen: () => void }) {
  const t = useT('satisfaction')
  if (count === 0) return null
  return (
    <Button type="link" size="small" style={{ padding: 0 }} onClick={onOpen}>
      {t('page.open', { count })}
    </Button>
  )
}
