import { checkTemplate, variablesOf } from '../../../../platform/sms/template.ts'
import type { TemplateDefinition, TemplateFinding } from '../../contract/template.ts'

/**
 * What keeps the words for short messages from being published. The provider's words are fixed; what can be wrong is how
 * its variables are filled, and that nobody can refuse a promotion.
 * @param known the template's own variables and the built-in ones
 */
export function checkSms(template: TemplateDefinition, known: ReadonlySet<string>): TemplateFinding[] {
  const finding = (part: string, kind: TemplateFinding['kind'], what: string): TemplateFinding => ({
    part,
    kind,
    what,
    because: '',
  })
  const links = new Set([
    'link',
    ...template.variables.filter(({ dataClass }) => dataClass === 'link').map(({ name }) => name),
  ])
  const found = template.sms.flatMap((sms): TemplateFinding[] => {
    const part = `sms.${sms.provider}`
    const kind = template.purpose === 'promotion' ? ('promotion' as const) : ('notice' as const)
    const wanted = variablesOf(sms)
    const filled = Object.entries(sms.values)
    return [
      ...checkTemplate({ ...sms, kind }).map(({ kind: what, what: where }) =>
        finding(part, 'sms-template', `${what}: ${where}`),
      ),
      ...wanted.filter((name) => !sms.values[name]).map((name) => finding(part, 'sms-unfilled', name)),
      ...filled.filter(([name]) => !wanted.includes(name)).map(([name]) => finding(part, 'sms-surplus', name)),
      ...filled.filter(([, value]) => !known.has(value)).map(([, value]) => finding(part, 'unknown-variable', value)),
      // Neither provider lets an address stand in a variable.
      ...filled.filter(([, value]) => links.has(value)).map(([, value]) => finding(part, 'sms-link', value)),
    ]
  })
  const lacks = template.channels.includes('sms') && template.sms.length === 0
  return lacks ? [...found, finding('sms', 'sms-missing', '')] : found
}
