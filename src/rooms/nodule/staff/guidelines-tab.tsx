import { Alert, Button } from 'antd'
import {
  Card,
  Facts,
  InstantText,
  Loading,
  ProblemAlert,
  Row,
  SideDrawer,
  Stack,
  useApi,
  useOpened,
  useT,
} from '../../../platform/web/index.ts'
import { listNoduleSettings, type OrganSetting } from '../contract/setting.ts'
import { GuidelineForm } from './guideline-form.tsx'
import { planWords } from './plan-words.ts'
import { useBilingual } from './words.tsx'

/** One card for each organ: what counts, in whose name, and what counted before. */
export function GuidelinesTab() {
  const t = useT('nodule')
  const opened = useOpened('set')
  const { data, error, refetch } = useApi(listNoduleSettings)
  if (error) return <ProblemAlert problem={error} onRetry={() => void refetch()} />
  if (!data) return <Loading />
  const setting = data.organs.find(({ organ }) => organ === opened.id)
  return (
    <Stack>
      {data.organs.map((one) => (
        <OrganCard key={one.organ} setting={one} canSet={data.can.set} onSet={() => opened.open(one.organ)} />
      ))}
      <SideDrawer
        title={setting ? t(`organNodule.${setting.organ}`) : ''}
        open={setting !== undefined}
        onClose={opened.close}
        widthPx={720}
      >
        {setting && <GuidelineForm setting={setting} onClose={opened.close} />}
      </SideDrawer>
    </Stack>
  )
}

function OrganCard({ setting, canSet, onSet }: { setting: OrganSetting; canSet: boolean; onSet: () => void }) {
  const t = useT('nodule')
  const words = useBilingual()
  const { current, guidelines, history, organ } = setting
  const guideline = guidelines.find(({ system }) => system === current?.system)
  const button = canSet ? (
    <Button type={current ? 'default' : 'primary'} onClick={onSet}>
      {t(current ? 'setting.change' : 'setting.set')}
      <span className="pb-sr">{t(`organNodule.${organ}`)}</span>
    </Button>
  ) : (
    <span className="pb-hint">{t('setting.readOnly')}</span>
  )
  return (
    <Card title={t(`organNodule.${organ}`)} extra={button}>
      {!current && <Alert type="warning" showIcon title={t('setting.unset')} description={t('setting.unsetHint')} />}
      {current && (
        <Stack tight>
          <Row>
            <strong>{words(current.title)}</strong>
            <span className="pb-hint">
              {t('setting.current', { name: current.byName, version: current.version })} <InstantText at={current.at} />
            </span>
          </Row>
          <details>
            <summary>{t('setting.rows')}</summary>
            <Facts
              items={(guideline?.rows ?? []).map(({ key, label }) => [words(label), planWords(t, current.rows[key])])}
            />
          </details>
          {history.length > 1 && (
            <details>
              <summary>{t('setting.history')}</summary>
              <ul>
                {history.map((one) => (
                  <li key={one.version}>
                    {words(one.title)} · {t('setting.current', { name: one.byName, version: one.version })}{' '}
                    <InstantText at={one.at} />
                  </li>
                ))}
              </ul>
            </details>
          )}
        </Stack>
      )}
    </Card>
  )
}
