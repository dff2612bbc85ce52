export { startPortals, type PortalOptions, type Portals } from './portals.ts'
export { demoWorkspace } from './workspace.ts'
