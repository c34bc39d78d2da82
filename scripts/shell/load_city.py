# Run in Odoo's shell: load the demo city and write its logins to the file $LOGINS.
import json
import os

env["qms.demo"].load_city()
env.cr.commit()
keys = ("login", "password", "name", "role")
logins = [{key: str(row[key]) for key in keys} for row in env["qms.demo"].get_logins()]
path = os.environ["LOGINS"]
with open(path + ".new", "w", encoding="utf-8") as target:
    json.dump(logins, target, ensure_ascii=False, indent=1)
os.replace(path + ".new", path)
