import { readFile } from 'node:fs/promises'
import { type InputObjectTypeDefinitionNode, Kind, parse } from 'graphql'
import { expect, test } from 'vitest'
import { caseColumns } from '../../router/rest/file/case-columns.ts'
import { evaluationColumns } from '../../router/rest/file/evaluation-columns.ts'

test.each([
  ['cases', 'CaseReportInput', caseColumns],
  ['evaluations', 'HandedOverRatingInput', evaluationColumns],
])(
  'the columns of a file of %s are the fields of the graph’s %s, and the needed ones are those without a default',
  async (subgraph, name, columns) => {
    const schema = parse(await readFile(new URL(`../../subgraphs/${subgraph}/schema.graphql`, import.meta.url), 'utf8'))
    const input = schema.definitions.find(
      (node): node is InputObjectTypeDefinitionNode =>
        node.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION && node.name.value === name,
    )!
    // A file never carries probes: they come one by one, from whoever watches the hub.
    const named = input.fields!.map(field => field.name.value).filter(name => name !== 'isProbe')
    expect(columns.fields).toEqual(named)
    const needed = input.fields!.filter(field => field.type.kind === Kind.NON_NULL_TYPE && !field.defaultValue)
    expect(columns.needed).toEqual(needed.map(field => field.name.value))
  },
)

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
  expect(caseColumns.fieldOfColumn(name)).toBe(field)
})

test.each([
  ['UNID', 'sourceRatingId'],
  ['SATISFACTION_EVALUATE', 'level'],
  ['EVALUTE_COUNT', 'round'],
  ['EVALUATE_DETAIL', 'items'],
  ['评价时间', 'evaluatedAt'],
  ['_level', null],
])('the column %j of a handed-over rating carries %s', (name, field) => {
  expect(evaluationColumns.fieldOfColumn(name)).toBe(field)
})
