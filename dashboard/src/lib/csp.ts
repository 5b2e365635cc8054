import {setNonce} from "get-nonce"
import {config} from "zod"

// The first module of the page: what it sets must be so before any other is read.

// Zod would compile its checks with `new Function`, which the Content-Security-Policy refuses, and look whether it may.
config({jitless: true})

// Style elements need the nonce; dialogs make one while they hold the page's scrolling.
setNonce(document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? "")
