const { Modules } = require("@medusajs/framework/utils")
const { createUsersWorkflow } = require("@medusajs/medusa/core-flows")
const { Failure } = require("../failure")

const PROVIDER = "emailpass"

/** A user and a login that belong together. A login that exists keeps its password: the owner may have changed it. */
async function ensureAdmin(container, { email, password }) {
  const users = container.resolve(Modules.USER)
  const auth = container.resolve(Modules.AUTH)

  let [user] = await users.listUsers({ email })
  if (!user) {
    const { result } = await createUsersWorkflow(container).run({ input: { users: [{ email }] } })
    user = result[0]
  }

  const [login] = await auth.listProviderIdentities({ entity_id: email, provider: PROVIDER })
  let identity = login && (await auth.retrieveAuthIdentity(login.auth_identity_id))
  if (!identity) {
    const registered = await auth.register(PROVIDER, { body: { email, password } })
    if (!registered.success) throw new Failure("AdminNotCreated", `The admin login ${email} could not be made: ${registered.error}`)
    identity = registered.authIdentity
  }
  if (identity.app_metadata?.user_id !== user.id) {
    await auth.updateAuthIdentities({ id: identity.id, app_metadata: { ...identity.app_metadata, user_id: user.id } })
  }
}

module.exports = { ensureAdmin }
