import { z } from 'zod'
import { endpoint, id } from '../../../platform/contract/index.ts'

export const apiKeyId = id('api-key')
/** What a machine may be allowed: handing in reports, recordings and what comes back about mails, and nothing that reads. */
export const MACHINE_PERMISSIONS = ['intake.submit', 'recording.submit', 'mail-report.submit'] as const

export const listApiKeys = endpoint({
  name: 'staff.listApiKeys',
  method: 'GET',
  path: '/api-keys',
  summary: 'Keys of connected systems, also revoked ones',
  gate: { permission: 'integration.configure', audit: { none: 'it shows nothing of a patient and no key' } },
  output: z.object({
    keys: z.array(
      z.object({
        id: apiKeyId,
        name: z.string(),
        permissions: z.array(z.enum(MACHINE_PERMISSIONS)),
        createdAt: z.string(),
        lastUsedAt: z.string().nullable(),
        expiresAt: z.string().nullable(),
        revokedAt: z.string().nullable(),
        state: z.enum(['live', 'expired', 'revoked']),
      }),
    ),
  }),
})

export const createApiKey = endpoint({
  name: 'staff.createApiKey',
  method: 'POST',
  path: '/api-keys',
  summary: 'A key for a system that hands reports in; shown once',
  gate: { permission: 'integration.configure', audit: { action: 'api-key.create' } },
  body: z.object({
    name: z.string().trim().min(1).max(60),
    permissions: z.array(z.enum(MACHINE_PERMISSIONS)).min(1),
    validDays: z.number().int().min(1).max(730).nullable(),
  }),
  output: z.object({ id: apiKeyId, key: z.string() }),
})

export const revokeApiKey = endpoint({
  name: 'staff.revokeApiKey',
  method: 'DELETE',
  path: '/api-keys/:apiKeyId',
  summary: 'Revoke a key: it stops at once',
  gate: { permission: 'integration.configure', audit: { action: 'api-key.revoke', subject: 'apiKeyId' } },
  params: z.object({ apiKeyId }),
  output: z.object({}),
  problems: ['NotFound'],
})
