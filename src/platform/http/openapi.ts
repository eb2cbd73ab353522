import { z } from 'zod'
import type { Endpoint } from '../contract/endpoint.ts'

type Json = Record<string, unknown>

/** OpenAPI 3.1 of all endpoints, emitted from their contracts. */
export function describeApi(endpoints: readonly Endpoint[], version: string): Json {
  const paths: Record<string, Json> = {}
  for (const endpoint of endpoints) {
    const path = `/api${endpoint.path.replace(/:(\w+)/g, '{$1}')}`
    paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: operation(endpoint) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Peiban 陪伴',
      version,
      description:
        'Every call needs a session cookie or a bearer key, and non-GET calls with a cookie the header `x-peiban: 1`. ' +
        'What lies under `/api/my` is for patients themselves and opens with their own cookie only. ' +
        'Refusals are RFC 9457 problems with a `code` and a text in the language of `x-peiban-locale`.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    paths,
    components: {
      schemas: { Problem: PROBLEM },
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'peiban_session' },
        patient: { type: 'apiKey', in: 'cookie', name: 'peiban_patient' },
        key: { type: 'http', scheme: 'bearer' },
      },
    },
  }
}

const PROBLEM = {
  type: 'object',
  required: ['status', 'code', 'title'],
  properties: {
    status: { type: 'integer' },
    code: { type: 'string' },
    title: { type: 'string' },
    values: { type: 'object' },
    path: { type: 'string' },
    fields: { type: 'array', items: { type: 'object', properties: { path: { type: 'string' }, message: { type: 'string' } } } },
    requestId: { type: 'string' },
  },
}

/** What proves who is calling, where it is not a session or a key with the permission. */
const PROOFS: Record<string, string[]> = {
  public: [],
  'signed-in': ['session'],
  'signing-in': ['session'],
  patient: ['patient'],
}

function operation(endpoint: Endpoint): Json {
  const { gate } = endpoint
  const audit = 'none' in gate.audit ? `not audited: ${gate.audit.none}` : `audited as \`${gate.audit.action}\``
  return {
    operationId: endpoint.name,
    tags: [endpoint.name.split('.')[0]],
    summary: endpoint.summary,
    description: `Permission \`${gate.permission}\`; ${audit}.`,
    parameters: [...parameters('path', endpoint.params), ...parameters('query', endpoint.query)],
    ...(endpoint.upload
      ? { requestBody: { content: { '*/*': { schema: { type: 'string', format: 'binary' } } } } }
      : endpoint.body
        ? { requestBody: { required: true, content: { 'application/json': { schema: schemaOf(endpoint.body, 'input') } } } }
        : {}),
    security: (PROOFS[gate.permission] ?? ['session', 'key']).map((scheme) => ({ [scheme]: [] })),
    'x-permission': gate.permission,
    responses: {
      200: {
        description: 'Done',
        content: endpoint.media
          ? { [endpoint.media]: { schema: { type: 'string', format: 'binary' } } }
          : { 'application/json': { schema: schemaOf(endpoint.output, 'output') } },
      },
      default: {
        description: `Refused: ${['NotPermitted', 'InvalidInput', ...(endpoint.problems ?? [])].join(', ')}`,
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  }
}

function parameters(place: 'path' | 'query', schema: z.ZodType | undefined): Json[] {
  if (!schema) return []
  const { properties = {}, required = [] } = schemaOf(schema, 'input') as { properties?: Record<string, Json>; required?: string[] }
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: property,
  }))
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Json & { $schema?: string }
  return json
}
