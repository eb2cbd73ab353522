import { useT } from '../../../platform/patient-web/index.ts'
import { PROXY_SCOPES, type ProxyScope } from '../../../platform/contract/endpoint.ts'

/** What one agrees to. Looking goes with all of it, so it stands there ticked. */
export function ScopeFields({
  chosen,
  onChange,
}: {
  chosen: readonly ProxyScope[]
  onChange: (all: ProxyScope[]) => void
}) {
  const t = useT('family')
  // The place is of what one is reminded of.
  const without = (scope: ProxyScope) =>
    chosen.filter((one) => one !== scope && !(scope === 'remind' && one === 'place'))
  const toggle = (scope: ProxyScope) => onChange(chosen.includes(scope) ? without(scope) : [...chosen, scope])
  const isShut = (scope: ProxyScope) => scope === 'view' || (scope === 'place' && !chosen.includes('remind'))
  return (
    <fieldset className="pp-choices" style={{ border: 0, margin: 0, padding: 0 }}>
      <legend>{t('my.form.scopes')}</legend>
      {PROXY_SCOPES.map((scope) => (
        <label key={scope} className="pp-choice">
          <input
            type="checkbox"
            checked={scope === 'view' || chosen.includes(scope)}
            disabled={isShut(scope)}
            onChange={() => toggle(scope)}
          />
          <span>{t(scope === 'view' ? 'my.form.viewAlways' : `my.scope.${scope}`)}</span>
        </label>
      ))}
    </fieldset>
  )
}
