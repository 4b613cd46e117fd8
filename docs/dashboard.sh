#!/usr/bin/env bash
# Walks over the dashboard of a running stack, such as ./waymark up --demo, in Chromium, and keeps a picture of each view:
#   docs/dashboard.sh [--readme] [URL [AGENT]]
# AGENT has runs of any time, which are looked at too. Pictures go to target/dashboard; --readme makes the README's of them, in
# docs/images. Ends with 1 where a view shows nothing or something went wrong in the page. Environment: WAYMARK_API_KEY, else the
# key of the stack's admin (WAYMARK_DATA_DIR).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
is_readme=false
if [[ ${1:-} == --readme ]]; then
  is_readme=true
  shift
fi
readonly url=${1:-http://127.0.0.1:8080} agent=${2:-} pictures=target/dashboard classpath=target/dashboard.classpath
WAYMARK_API_KEY=${WAYMARK_API_KEY:-$(cat "${WAYMARK_DATA_DIR:-.waymark}/secrets/admin.key")}
export WAYMARK_API_KEY
mvn -B -q -pl query-api -am -DskipTests test-compile dependency:build-classpath -Dmdep.outputFile="$classpath" -Dmdep.includeScope=test
java -cp "query-api/target/test-classes:query-api/target/classes:$(cat "query-api/$classpath")" \
  dev.waymark.api.dashboard.DashboardWalk "$url" "$pictures" ${agent:+"$agent"}
if $is_readme; then
  mkdir -p docs/images
  cp "$pictures/light/overview.png" "$pictures/dark/run.png" "$pictures/light/process-map.png" docs/images
fi
