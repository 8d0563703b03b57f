import { defineConfig } from 'drizzle-kit';

/** `npx drizzle-kit generate --name <what-changed>` writes the next migration from the schema; works offline. */
export default defineConfig({
  dialect: 'postgresql',
  schema: './src/database/schema/*.ts',
  out: './src/database/migrations',
});
