import { Button } from 'antd'
import { Card, useT } from '../../../platform/web/index.ts'
import type { SatisfactionFigures } from '../contract/satisfaction.ts'
import type { Open } from './satisfaction-page.tsx'
import { ShareText } from './share-text.tsx'

/** 按科室: counts first, a share and a mean only where there are enough. */
export function Departments({ figures: { departments }, open }: { figures: SatisfactionFigures; open: Open }) {
  const t = useT('satisfaction')
  if (departments.length === 0) return null
  return (
    <Card title={t('page.departments')}>
      <p className="pb-hint">{t('page.departmentsHint')}</p>
      <div className="sf-scroll" tabIndex={0} role="region" aria-label={t('page.departments')}>
        <table className="sf-table">
          <thead>
            <tr>
              <th scope="col">{t('page.department')}</th>
              <th scope="col">{t('page.n')}</th>
              <th scope="col">{t('page.good')}</th>
              <th scope="col">{t('page.mean')}</th>
              <th scope="col">{t('page.response')}</th>
              <th scope="col">{t('page.low')}</th>
            </tr>
          </thead>
          <tbody>
            {departments.map(({ department, n, good, mean, response, complaints }) => (
              <tr key={department}>
                <th scope="row">{department || t('page.noDepartment')}</th>
                <td className="pb-number">
                  <Number count={n} onOpen={() => open({ figure: 'answered', department })} />
                </td>
                <td>
                  <ShareText share={good} short />
                </td>
                <td className="pb-number">{mean === null ? '–' : mean.toFixed(2)}</td>
                <td>
                  <Button
                    type="link"
                    size="small"
                    disabled={response.n === 0}
                    onClick={() => open({ figure: 'asked', department })}
                  >
                    <ShareText share={response} short />
                  </Button>
                </td>
                <td className="pb-number">
                  <Number count={complaints} onOpen={() => open({ figure: 'complaints', department })} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  )
}

function Number({ count, onOpen }: { count: number; onOpen: () => void }) {
  if (count === 0) return <>0</>
  return (
    <Button type="link" size="small" onClick={onOpen}>
      {count}
    </Button>
  )
}
