import { makeFolder, open } from '../store/support.ts'
import { storeConformance } from './store.ts'

storeConformance('sql.js with journal and snapshot', async () => open(await makeFolder()))
