# Run in Odoo's shell by start.sh in a new database: the login admin has no known password.
import os

env.ref("base.user_admin").password = os.environ["QMS_ADMIN_PASSWORD"]
env.cr.commit()
