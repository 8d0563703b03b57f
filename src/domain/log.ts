/** The part of a pino logger that is used. Nothing personal is ever passed to it. */
export interface Log {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

/** Says nothing; for tools and tests. */
export const silent: Log = { info() {}, warn() {}, error() {} };
