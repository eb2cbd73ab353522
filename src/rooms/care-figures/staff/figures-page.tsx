import { Radio } from 'antd'
import {
  AddressTabs,
  Loading,
  Page,
  ProblemAlert,
  SideDrawer,
  SpanChoice,
  spanOf,
  Stack,
  useAddress,
  useApi,
  useCan,
  useT,
  useToday,
} from '../../../platform/web/index.ts'
import { getCareFigures, type CareFigure } from '../contract/care-figures.ts'
import { addressSchema } from './address.ts'
import { BoardTab } from './board-tab.tsx'
import { FigureRows } from './figure-rows.tsx'
import { PathwaysTab } from './pathways-tab.tsx'
import { ReportsTab } from './reports-tab.tsx'
import './care-figures.css'

/** 随访与管理质量: by pathway, what it comes to, and month by month. */
export function CareFiguresPage() {
  const t = useT('care-figures')
  const seesReports = useCan('metrics.department')
  return (
    <Page title={t('title')} hint={t('hint')}>
      <AddressTabs
        items={[
          { key: 'pathways', label: t('tabs.pathways'), content: <Figures tab="pathways" /> },
          { key: 'board', label: t('tabs.board'), content: <Figures tab="board" /> },
          ...(seesReports ? [{ key: 'reports', label: t('tabs.reports'), content: <ReportsTab /> }] : []),
        ]}
      />
    </Page>
  )
}

/** Both tabs are of one span and one scope, asked for once. */
function Figures({ tab }: { tab: 'pathways' | 'board' }) {
  const t = useT('care-figures')
  const today = useToday()
  const [address, change] = useAddress(addressSchema)
  const days = spanOf(address, today)
  const { scope, figure, pathway, part } = address
  const { data, error, refetch } = useApi(getCareFigures, { query: { ...days, ...(scope ? { scope } : {}) } })
  const open = (next: CareFigure, code?: string) =>
    change({ figure: next, pathway: code, part: undefined }, { push: true })
  const name = data?.pathways.find(({ code }) => code === pathway)?.name
  return (
    <Stack>
      <div className="cf-bar-row">
        <SpanChoice span={days} onChange={change} />
        {data && data.scopes.length > 1 && (
          <Radio.Group
            optionType="button"
            size="small"
            value={data.scope}
            aria-label={t('scope.label')}
            onChange={({ target }) => change({ scope: target.value as 'own' | 'house' })}
            options={data.scopes.map((value) => ({ value, label: t(`scope.${value}`) }))}
          />
        )}
        {data?.scope === 'own' && <span className="pb-hint cf-segments">{t('scopeOwn')}</span>}
      </div>
      <ProblemAlert problem={error} onRetry={() => void refetch()} />
      {!data && !error && <Loading lines={8} />}
      {data && tab === 'pathways' && <PathwaysTab figures={data} onOpen={open} />}
      {data && tab === 'board' && <BoardTab figures={data} onOpen={open} />}
      {data && figure && (
        <SideDrawer
          title={name ? `${t(`name.${figure}`)} · ${name}` : t(`name.${figure}`)}
          open
          onClose={() => change({ figure: undefined, pathway: undefined, part: undefined })}
          widthPx={760}
        >
          <FigureRows
            figures={data}
            figure={figure}
            pathway={pathway}
            part={part ?? 'all'}
            onPart={(next) => change({ part: next === 'all' ? undefined : next })}
          />
        </SideDrawer>
      )}
    </Stack>
  )
}
