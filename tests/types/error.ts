// Errors as a caller sees them: one class that narrows, its fields, and the request.
import { check, type Equal } from "./assert.js";
import {
  ElectroError,
  ElectroValidationError,
  type ElectroValidationErrorFieldReference,
} from "electroxide";

export function handle(error: unknown) {
  if (error instanceof ElectroValidationError) {
    check<Equal<typeof error.fields, readonly ElectroValidationErrorFieldReference<Error>[]>>();
    check<Equal<(typeof error.fields)[number]["index"], number | undefined>>();
    return error.fields.map(({ field, reason }) => `${field}: ${reason}`).join();
  }
  if (error instanceof ElectroError) {
    check<Equal<typeof error.code, number>>();
    check<Equal<typeof error.kind, string>>();
    check<Equal<typeof error.date, number>>();
    check<Equal<typeof error.isElectroError, true>>();
    const params = error.params();
    check<Equal<typeof params, Record<string, unknown> | null>>();
    if (error.code === 4001) return error.message;
    else if (error.code === 5003) return error.stack;
  }
  return undefined;
}

const isError: Error = {} as ElectroError;
const isElectroError: ElectroError = {} as ElectroValidationError;

export function wrong(error: unknown, electro: ElectroError) {
  // @ts-expect-error -- It may be anything.
  error.code;
  // @ts-expect-error -- Only validation errors have fields.
  electro.fields;
  // @ts-expect-error -- A number.
  electro.code = "4001";
  // @ts-expect-error -- Not for users to make.
  new ElectroError("message");
  // @ts-expect-error -- There may have been no request.
  electro.params().TableName;
  // @ts-expect-error -- An error is not always a validation error.
  const fields: ElectroValidationError = electro;
}
