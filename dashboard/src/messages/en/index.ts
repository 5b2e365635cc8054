import {access} from "./access"
import {engines} from "./engines"
import {events} from "./events"
import {operations} from "./operations"
import {platform} from "./platform"
import {settings} from "./settings"
import {shared} from "./shared"
import {shell} from "./shell"
import {stores} from "./stores"

/** English: every text of the dashboard, one file for each feature. A language is a folder with the same shape. */
export const en = {...shared, shell, access, stores, operations, events, engines, platform, settings}
