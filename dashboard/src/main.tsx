import "./lib/csp"
import "./app/theme.css"

import {StrictMode} from "react"
import {createRoot} from "react-dom/client"

import {App} from "./app/app"
import {applyPreferences} from "./lib/preferences"

applyPreferences()

const root = document.getElementById("root")
if (!root) throw new Error("the page has no root")
createRoot(root).render(<StrictMode><App /></StrictMode>)
