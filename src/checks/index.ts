export { createChecker } from './checker.ts'
export { createComparer } from './diff/comparer.ts'
