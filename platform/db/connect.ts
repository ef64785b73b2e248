/** The two ways into the database: `owner` migrates, signs people in and runs the job queue; `app` does everything else behind the wall. */
import { CamelCasePlugin, Kysely, PostgresDialect } from 'kysely';
import type { Transaction } from 'kysely';
import pg from 'pg';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- tables are named in SQL; rows are typed where they are read
export type Tables = any;
export type Db = Kysely<Tables> | Transaction<Tables>;

const { types } = pg;
types.setTypeParser(types.builtins.INT8, (text) => {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new Error(`a whole number from the database is too large to be exact: ${text}`);
  return value;
});
types.setTypeParser(types.builtins.NUMERIC, (text) => Number(text));
types.setTypeParser(types.builtins.DATE, (text) => text);
types.setTypeParser(types.builtins.TIMESTAMPTZ, (text) => new Date(text).toISOString());

/** Camel case in the program, snake case in SQL, mapped in this one place. Keys inside JSON values are left as they are. */
export const camelCase = new CamelCasePlugin({ maintainNestedObjectKeys: true });

export interface Databases {
  owner: pg.Pool;
  app: pg.Pool;
  ownerDb: Kysely<Tables>;
  appDb: Kysely<Tables>;
  close(): Promise<void>;
}

export interface ConnectOptions {
  url: string;
  /** Login of the app role, where the operator gave it one of its own; otherwise the owner's login takes on the role at connection. */
  appUrl?: string;
  max?: number;
}

/** Opens both pools. The app pool acts as `changhu_app`; with a login of its own (appUrl) it cannot act as anybody else. */
export function connect(options: ConnectOptions): Databases {
  const max = options.max ?? 10;
  const common = { application_name: 'changhu', keepAlive: true };
  const owner = new pg.Pool({ connectionString: options.url, max: Math.max(4, Math.ceil(max / 2)), ...common });
  const app = new pg.Pool({
    connectionString: options.appUrl ?? options.url,
    max,
    ...common,
    ...(options.appUrl === undefined ? { options: '-c role=changhu_app' } : {}),
  });
  // A broken idle connection is not a bug of the program: the pool opens another one.
  for (const pool of [owner, app]) {
    pool.on('error', () => undefined);
    pool.on('connect', (client) => client.on('error', () => undefined));
  }
  return {
    owner,
    app,
    ownerDb: new Kysely({ dialect: new PostgresDialect({ pool: owner }), plugins: [camelCase] }),
    appDb: new Kysely({ dialect: new PostgresDialect({ pool: app }), plugins: [camelCase] }),
    close: async () => {
      await Promise.all([owner.end(), app.end()]);
    },
  };
}
