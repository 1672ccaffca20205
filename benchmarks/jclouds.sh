#!/usr/bin/env bash
# Compares our OVF reader with the one of Apache jclouds, on the same descriptors in one JVM; builds first.
#
# usage: jclouds.sh FOLDER
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
folder=${1:?usage: jclouds.sh FOLDER}

(cd "$here/.." && mvn -q -B -ntp -DskipTests -Dspotless.check.skip=true -pl benchmarks -am package)
echo "machine: $(nproc) x $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1); load: $(cut -d' ' -f1-3 /proc/loadavg)"
echo "java: $("$java" -version 2>&1 | head -n 1)"
exec "$java" -cp "$here/target/classes:$here/target/lib/*" io.intermodal.benchmark.JcloudsReading "$folder"
