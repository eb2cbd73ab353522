import type { RuleDefinition } from '../contract/rule.ts'

/** A code for a new rule, from its English name: `Potassium very high` → `potassium-very-high`. */
export function codeOf({ name, tests }: Pick<RuleDefinition, 'name' | 'tests'>): string {
  const words = `${name.en || tests[0]?.code || 'rule'}`
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 58)
  return words.length >= 2 ? words : `rule-${words}`.replace(/-$/, '')
}
