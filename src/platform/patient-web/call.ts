import { ApiProblem } from '../web/api/api-problem.ts'
import { call as ask } from '../web/api/call.ts'

/**
 * Calls an endpoint of a contract. Throws `ApiProblem`, whose title alone tells what to mend: forms of patients have one
 * line for what is wrong, and mark no field by the name the server gives it.
 */
export const call = ((...asked: Parameters<typeof ask>) =>
  ask(...asked).catch((error: unknown) => {
    throw error instanceof ApiProblem ? saying(error) : error
  })) as typeof ask

/** A refusal that points at what is marked says instead what stands at the marks. */
export function saying(problem: ApiProblem): ApiProblem {
  const { code, fields } = problem
  if (code !== 'InvalidInput' || fields.length === 0) return problem
  return problem.saying([...new Set(fields.map(({ message }) => message))].join('\n'))
}
