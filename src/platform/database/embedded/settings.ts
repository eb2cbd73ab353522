import { statfsSync } from 'node:fs'
import { totalmem } from 'node:os'

export type Settings = Record<string, string | number>

const MB = 1024 * 1024

/**
 * PostgreSQL settings for a machine of two cores, of whose memory Peiban itself and the system need a part.
 * @param memory bytes of the machine
 * @param sharedMemoryFree bytes free on /dev/shm, undefined where there is none
 */
export function settingsFor(memory: number, sharedMemoryFree: number | undefined, durable: boolean): Settings {
  return {
    // Taken only as pages are read. A million members' hot indexes are some 2 GB: with 256 MB most time went into
    // copying pages from the system's cache.
    shared_buffers: `${clamp(Math.round(memory / MB / 8), 128, 4096)}MB`,
    effective_cache_size: `${clamp(Math.round(memory / MB / 2), 512, 32_768)}MB`,
    work_mem: '16MB',
    maintenance_work_mem: '128MB',
    max_connections: 100,
    // Compiling a plan costs more than our queries take.
    jit: 'off',
    random_page_cost: 1.1,
    max_parallel_workers_per_gather: 1,
    // A container's /dev/shm often has 64 MB: a parallel query would die of it, files do as well.
    ...(sharedMemoryFree !== undefined && sharedMemoryFree < 256 * MB ? { dynamic_shared_memory_type: 'mmap' } : {}),
    min_wal_size: '128MB',
    max_wal_size: '4GB',
    checkpoint_timeout: '15min',
    // This build has only pglz, which costs 0.1 to 0.2 ms a page: a third of all that filing a report takes.
    wal_compression: 'off',
    // Outbox, agenda and job tables turn over quickly: clean them at 5 % dead rows, not at 20 %.
    autovacuum_vacuum_scale_factor: 0.05,
    autovacuum_analyze_scale_factor: 0.02,
    autovacuum_naptime: '20s',
    // Whoever creates the application's role may also work as it (PostgreSQL 16 and later ask for that).
    createrole_self_grant: 'set, inherit',
    timezone: 'UTC',
    log_timezone: 'UTC',
    // The log is for the operator: no statement, no parameter and no key value of a patient gets into it.
    log_min_messages: 'warning',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    log_checkpoints: 'off',
    ...(durable ? { fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on' } : throwaway),
  }
}

/** For test databases: a power cut may lose them, a killed server not what it committed. */
const throwaway: Settings = {
  fsync: 'off',
  synchronous_commit: 'on',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: 0,
  autovacuum_naptime: '60s',
}

/** The settings of this machine. */
export function settingsOfThisMachine(durable: boolean): Settings {
  return settingsFor(totalmem(), sharedMemoryFree(), durable)
}

function sharedMemoryFree(): number | undefined {
  try {
    const { bavail, bsize } = statfsSync('/dev/shm')
    return bavail * bsize
  } catch {
    return undefined
  }
}

/** As lines of postgresql.conf. */
export function asConfiguration(settings: Settings): string {
  return Object.entries(settings)
    .map(([name, value]) => `${name} = '${String(value).replaceAll("'", "''")}'\n`)
    .join('')
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value))
}
