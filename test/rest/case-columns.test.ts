import { readFile } from 'node:fs/promises'
import { type InputObjectTypeDefinitionNode, Kind, parse } from 'graphql'
import { expect, test } from 'vitest'
import { caseFields, fieldOfColumn, neededFields } from '../../router/rest/file/case-columns.ts'

test('the columns are the fields of the graph’s input, and the needed ones are those without a default', async () => {
  const schema = parse(await readFile(new URL('../../subgraphs/cases/schema.graphql', import.meta.url), 'utf8'))
  const input = schema.definitions.find(
    (node): node is InputObjectTypeDefinitionNode =>
      node.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION && node.name.value === 'CaseReportInput',
  )!
  // A file never carries probes: they come one by one, from whoever watches the hub.
  const named = input.fields!.map(field => field.name.value).filter(name => name !== 'isProbe')
  expect(caseFields).toEqual(named)
  const needed = input.fields!.filter(field => field.type.kind === Kind.NON_NULL_TYPE && !field.defaultValue)
  expect(neededFields).toEqual(needed.map(field => field.name.value))
})

test.each([
  ['PROJID', 'caseNumber'],
  ['projid', 'caseNumber'],
  [' 办件编号 ', 'caseNumber'],
  ['AREACODE', 'regionCode'],
  ['SERVICE_CODE', 'serviceCode'],
  ['SERVICECODE', 'serviceCode'],
  ['TASKHANDLEITEM', 'taskItemCode'],
  ['DATAVERSION', 'dataVersion'],
  ['DATASTATE', 'dataState'],
  ['applicantName', 'applicantName'],
  ['办结方式', 'outcome'],
  ['并入办件编号', 'mergedInto'],
  ['_caseNumber', null],
  ['备注', null],
  ['', null],
])('the column %j carries %s', (name, field) => {
  expect(fieldOfColumn(name)).toBe(field)
})
