#!/bin/bash
# Runs once, as PostgreSQL's superuser, in an empty cluster: the login `keel` owns its database and is a member of the
# two roles that row-level security works with. It is no superuser, which would see through every policy.
set -euo pipefail
password=$(cat /run/secrets/keel-password)
psql --set ON_ERROR_STOP=1 --set password="$password" --username postgres --dbname postgres <<'SQL'
CREATE ROLE keel_app NOLOGIN;
CREATE ROLE keel_system NOLOGIN;
CREATE ROLE keel LOGIN PASSWORD :'password' NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS IN ROLE keel_app, keel_system;
CREATE DATABASE keel OWNER keel ENCODING 'UTF8' LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' TEMPLATE template0;
REVOKE ALL ON DATABASE keel FROM PUBLIC;
SQL
