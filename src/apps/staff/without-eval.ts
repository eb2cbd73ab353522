import { config } from 'zod'

// zod tries out once whether it may write code of its own; our content security policy refuses that and the browser
// complains in its console. vite.config.ts puts this into the chunk of zod itself, so that it is said before any schema
// is made.
config({ jitless: true })
