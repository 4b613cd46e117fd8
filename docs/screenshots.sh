#!/usr/bin/env bash
# Makes the README's pictures of the dashboard from a running stack, such as ./waymark up --demo:
#   docs/screenshots.sh [URL]
# Needs Chromium; pictures go to docs/images.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
readonly url=${1:-http://127.0.0.1:8080}
mvn -B -q -pl query-api -am -DskipTests test-compile dependency:build-classpath \
  -Dmdep.outputFile=target/screenshots.classpath -Dmdep.includeScope=test
java -cp "query-api/target/test-classes:query-api/target/classes:$(cat query-api/target/screenshots.classpath)" \
  dev.waymark.api.dashboard.Screenshots "$url" docs/images
