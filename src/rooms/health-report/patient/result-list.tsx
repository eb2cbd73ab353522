import { useT } from '../../../platform/patient-web/index.ts'
import { FLAGS } from './report-page.tsx'

interface Item {
  name: string
  value: string
  unit: string
  rangeText: string
  flag: keyof typeof FLAGS
}

/** The results of one part: name, value, range; what is marked says so in words. */
export function ResultList({ label, items }: { label: string; items: readonly Item[] }) {
  const t = useT('health-report')
  return (
    <table className="pp-report-table">
      <caption className="pp-sr">{label}</caption>
      <thead className="pp-sr">
        <tr>
          <th scope="col">{t('my.item')}</th>
          <th scope="col">{t('my.result')}</th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <tr key={item.name}>
            <th scope="row">
              {item.name}
              {item.rangeText && <span className="pp-hint"> {item.rangeText}</span>}
            </th>
            <td className="pp-report-value" data-flag={FLAGS[item.flag]}>
              <strong>{item.value}</strong> <small>{item.unit}</small>
              {item.flag && <span> {t(`my.flag.${FLAGS[item.flag]}`)}</span>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
