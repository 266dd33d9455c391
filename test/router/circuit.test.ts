import { expect, test } from 'vitest'
import { createCircuit } from '../../router/circuit.ts'

function circuitAt(start = 0) {
  const clock = { now: start }
  return { clock, circuit: createCircuit(() => clock.now) }
}

test('five failures in a row open a circuit; an answer between them does not let it', () => {
  const { circuit } = circuitAt()
  for (let count = 0; count < 4; count += 1) circuit.enter()!.failed()
  circuit.enter()!.answered()
  for (let count = 0; count < 4; count += 1) circuit.enter()!.failed()
  expect(circuit.isOpen()).toBe(false)
  circuit.enter()!.failed()
  expect(circuit.isOpen()).toBe(true)
  expect(circuit.enter()).toBeNull()
})

test('an open circuit lets one probe through a second, and an answer closes it', () => {
  const { circuit, clock } = circuitAt()
  for (let count = 0; count < 5; count += 1) circuit.enter()!.failed()
  clock.now = 999
  expect(circuit.enter()).toBeNull()
  clock.now = 1_000
  const probe = circuit.enter()
  expect([probe !== null, circuit.enter()]).toEqual([true, null])
  probe!.answered()
  expect(circuit.isOpen()).toBe(false)
  expect(circuit.enter()).not.toBeNull()
})

test('eight requests without any answer for a second and a half open it before their time is up', () => {
  const { circuit, clock } = circuitAt()
  for (let count = 0; count < 8; count += 1) circuit.enter()
  clock.now = 1_499
  expect(circuit.enter()).not.toBeNull()
  clock.now = 1_500
  expect(circuit.enter()).toBeNull()
})

test('one slow report beside quick answers opens nothing', () => {
  const { circuit, clock } = circuitAt()
  for (let count = 0; count < 8; count += 1) circuit.enter()
  clock.now = 1_000
  circuit.enter()!.answered()
  clock.now = 9_000
  expect(circuit.enter()).not.toBeNull()
})
