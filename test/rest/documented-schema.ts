import { z } from 'zod'
import contract from '../../router/rest/openapi.json' with { type: 'json' }

/** A schema of the contract as something that judges values; it may refer to the components. */
export function documentedSchema(schema: object) {
  const text = JSON.stringify({ ...schema, $defs: contract.components.schemas })
  return z.fromJSONSchema(JSON.parse(text.replaceAll('#/components/schemas/', '#/$defs/')))
}

/** Fails unless a value is as the contract has it. */
export const expectDocumented = (name: keyof typeof contract.components.schemas, value: unknown): void => {
  documentedSchema(contract.components.schemas[name]).parse(value)
}
